using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.WooCommerce;

/// <summary>
/// The Store API of a shop with so many simple products, each tenth followed by a variable one of three variations, and reviews
/// (https://developer.woocommerce.com/docs/apis/store-api/): pages, totals in headers, filters, errors.
/// </summary>
internal sealed class WooCommerceShop(int productCount, int reviewCount)
{
    private const string Root = "/wp-json/wc/store/v1/";

    public Func<HttpContext, Task<bool>>? Before { get; init; }

    public string Robots { get; init; } = "User-agent: *\nDisallow: /wp-admin/\n";

    public int VariableCount => productCount / 10;

    public async Task AnswerAsync(HttpContext context)
    {
        if (Before is not null && await Before(context))
        {
            return;
        }

        await (context.Request.Path.Value switch
        {
            "/robots.txt" => context.Response.WriteAsync(Robots),
            Root + "products" => ListAsync(context, Products(context)),
            Root + "products/reviews" => ListAsync(context, Enumerable.Range(1, reviewCount).Reverse().Select(Review)),
            _ => ErrorAsync(context, 404, "rest_no_route", "No route was found matching the URL and request method."),
        });
    }

    private IEnumerable<string> Products(HttpContext context)
    {
        var query = context.Request.Query;
        var host = context.Request.Host.Value!;
        var parents = Numbers(query["parent"]);
        var wanted = Numbers(query["include"]);
        return query["type"] == "variation"
            ? Enumerable.Range(1, VariableCount).Where(index => parents.Contains(10_000 + index)).SelectMany(index => Enumerable.Range(1, 3).Select(variation => Variation(host, index, variation)))
            : Enumerable.Range(1, productCount).Select(id => (Id: id, Json: Simple(host, id)))
                .Concat(Enumerable.Range(1, VariableCount).Select(index => (Id: 10_000 + index, Json: Variable(host, index))))
                .Where(product => wanted.Count == 0 || wanted.Contains(product.Id))
                .Select(product => product.Json);
    }

    private static Task ListAsync(HttpContext context, IEnumerable<string> entries)
    {
        var (page, size) = (Number(context, "page", 1), Number(context, "per_page", 10));
        if (size > 100)
        {
            return ErrorAsync(context, 400, "rest_invalid_param", "Invalid parameter(s): per_page");
        }

        var all = entries.ToList();
        context.Response.Headers["X-WP-Total"] = all.Count.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-WP-TotalPages"] = ((all.Count + size - 1) / size).ToString(CultureInfo.InvariantCulture);
        return LoopbackShop.JsonAsync(context, $"[{string.Join(',', all.Skip((page - 1) * size).Take(size))}]");
    }

    private static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        LoopbackShop.JsonAsync(context, JsonSerializer.Serialize(new { code, message, data = new { status } }), status);

    private static string Simple(string host, int id) => Product(host, id, $"Mug {id}", "simple", "", 1000 + id, "[]", $"mug-{id}");

    private static string Variable(string host, int index) =>
        Product(host, 10_000 + index, $"Shirt {index}", "variable", "", 2000, $$"""[{"id":{{20_000 + (index * 10)}},"attributes":[{"name":"Size","value":"s"}]}]""", $"shirt-{index}");

    private static string Variation(string host, int index, int variation) =>
        Product(host, 20_000 + (index * 10) + variation, $"Shirt {index}", "variation", $"Size: {variation}", 2000 + variation, "[]", $"shirt-{index}/?attribute_size={variation}");

    private static string Product(string host, int id, string name, string type, string variation, int price, string variations, string path) =>
        $$"""
        {"id":{{id}},"name":"{{name}}","type":"{{type}}","variation":"{{variation}}","permalink":"http://{{host}}/product/{{path}}","sku":"sku-{{id}}",
        "prices":{"price":"{{price}}","regular_price":"{{price}}","currency_code":"EUR","currency_minor_unit":2},
        "variations":{{variations}},"is_purchasable":true,"is_in_stock":true,"is_on_backorder":false}
        """;

    private static string Review(int id) =>
        $$"""{"id":{{id}},"date_created":"2026-01-02T03:04:05","product_id":1,"product_name":"Mug 1","product_permalink":"http://127.0.0.1/product/mug-1","reviewer":"Reviewer {{id}}","review":"<p>Text {{id}}</p>","rating":4}""";

    private static HashSet<int> Numbers(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static int Number(HttpContext context, string name, int otherwise) =>
        context.Request.Query[name] is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
