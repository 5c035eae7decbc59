using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.Magento;

/// <summary>
/// The GraphQL endpoint of a shop with so many products, each fifth of them configurable with two variants, in two store views
/// (https://developer.adobe.com/commerce/webapi/graphql/): it checks the query it gets, and answers errors with status 200.
/// </summary>
internal sealed class MagentoShop(int productCount)
{
    private const int ReviewsOfProduct = 45;

    public int MaxReach { get; init; } = 10_000;

    public Func<HttpContext, Task<bool>>? Before { get; init; }

    public List<string> Mistakes { get; } = [];

    public async Task AnswerAsync(HttpContext context)
    {
        if (Before is not null && await Before(context))
        {
            return;
        }

        if (context.Request.Path != "/graphql")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var query = context.Request.Query["query"].ToString();
        var variables = JsonNode.Parse(context.Request.Query["variables"].ToString())!.AsObject();
        if (context.Request.Method != "GET" || GraphQlText.FindMistake(query, variables.Select(variable => variable.Key)) is { } mistake && AddMistake(mistake))
        {
            await ErrorAsync(context, "Syntax Error", "graphql-input");
            return;
        }

        var store = context.Request.Headers["Store"].ToString();
        await (query.Contains("products(", StringComparison.Ordinal) ? ProductsAsync(context, query, variables, store) : StoresAsync(context, query));
    }

    public static Task ErrorAsync(HttpContext context, string message, string category) =>
        LoopbackShop.JsonAsync(context, JsonSerializer.Serialize(new { errors = new[] { new { message, extensions = new { category } } }, data = new { products = (object?)null } }));

    private bool AddMistake(string mistake)
    {
        Mistakes.Add(mistake);
        return true;
    }

    private static Task StoresAsync(HttpContext context, string query)
    {
        var stores = query.Contains("availableStores", StringComparison.Ordinal) ? $",\"availableStores\":[{Config(context, "default")},{Config(context, "de")}]" : "";
        return LoopbackShop.JsonAsync(context, $"{{\"data\":{{\"storeConfig\":{Config(context, "default")}{stores}}}}}");
    }

    private static string Config(HttpContext context, string code)
    {
        var link = $"http://{context.Request.Host}/{(code == "default" ? "" : code + "/")}";
        return $$"""{"store_code":"{{code}}","base_link_url":"{{link}}","secure_base_link_url":"{{link}}","locale":"{{(code == "de" ? "de_DE" : "en_US")}}"}""";
    }

    private Task ProductsAsync(HttpContext context, string query, JsonObject variables, string store)
    {
        var (page, size) = (variables["page"]!.GetValue<int>(), variables["size"]!.GetValue<int>());
        var all = Enumerable.Range(1, productCount).Where(id => IsWanted(id, query, variables)).ToList();
        var pages = (all.Count + size - 1) / size;
        if (page > Math.Max(pages, 1))
        {
            return ErrorAsync(context, $"currentPage value {page} specified is greater than the {pages} page(s) available.", "graphql-input");
        }

        if (page * size > MaxReach)
        {
            return ErrorAsync(context, "Internal server error", "internal");
        }

        var reviewPage = variables["reviewPage"]?.GetValue<int>();
        var items = all.Skip((page - 1) * size).Take(size).Select(id => reviewPage is { } number ? Reviewed(id, number, variables["reviewSize"]!.GetValue<int>()) : Product(id, store));
        return LoopbackShop.JsonAsync(
            context,
            $$$$"""{"data":{"storeConfig":{{{{Config(context, store.Length == 0 ? "default" : store)}}}},"products":{"total_count":{{{{all.Count}}}},"page_info":{"current_page":{{{{page}}}},"total_pages":{{{{pages}}}}},"items":[{{{{string.Join(',', items)}}}}]}}}"""
        );
    }

    private static bool IsWanted(int id, string query, JsonObject variables) =>
        variables["of"] switch
        {
            JsonArray skus => query.Contains("sku:{in:$of}", StringComparison.Ordinal) && skus.Any(sku => sku!.GetValue<string>() == $"P-{id}"),
            JsonValue key when query.Contains("url_key:{eq:$of}", StringComparison.Ordinal) => key.GetValue<string>() == $"bag-{id}",
            JsonValue words => query.Contains("search:$of", StringComparison.Ordinal) && $"Bag {id}".Contains(words.GetValue<string>(), StringComparison.Ordinal),
            _ => query.Contains("filter:{price:{from:\"0\"}}", StringComparison.Ordinal),
        };

    private static string Product(int id, string store)
    {
        var variants = id % 5 == 0 ? $",\"variants\":[{Variant(id, "Red", store)},{Variant(id, "Blue", store)}]" : "";
        return $"{{{Common($"P-{id}", id, store)}{variants}}}";
    }

    private static string Variant(int id, string colour, string store) =>
        $$$"""{"attributes":[{"label":"{{{colour}}}"}],"product":{{{{Common($"P-{id}-{colour}", id, store)}}}}}""";

    private static string Common(string sku, int id, string store)
    {
        var price = (id + 0.5).ToString(CultureInfo.InvariantCulture);
        var money = $$"""{"value":{{price}},"currency":"{{(store == "de" ? "EUR" : "USD")}}"}""";
        return $$$$"""
            "sku":"{{{{sku}}}}","name":"Bag {{{{id}}}}","url_key":"bag-{{{{id}}}}","url_suffix":".html","stock_status":"IN_STOCK","price_range":{"minimum_price":{"regular_price":{{{{money}}}},"final_price":{{{{money}}}}}}
            """;
    }

    private static string Reviewed(int id, int page, int size)
    {
        var reviews = Enumerable.Range(1, ReviewsOfProduct).Skip((page - 1) * size).Take(size)
            .Select(number => $$"""{"nickname":"Person {{number}}","summary":"S","text":"Text {{id}} {{number}}","created_at":"2026-01-02 03:04:05","average_rating":80}""");
        return $$$"""
            {"sku":"P-{{{id}}}","name":"Bag {{{id}}}","url_key":"bag-{{{id}}}","url_suffix":".html",
            "reviews":{"page_info":{"current_page":{{{page}}},"total_pages":{{{(ReviewsOfProduct + size - 1) / size}}}},"items":[{{{string.Join(',', reviews)}}}]}}
            """;
    }
}
