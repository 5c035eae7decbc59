using System.Globalization;
using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// The public interfaces of a Shopify storefront. Paging of products.json (30 by default, 250 at most, an empty list at the
/// end, 400 beyond 25 000) after https://dev.to/odeeb/shopify-productsjson-pagination-250-limit-and-the-25000-cap-1g37; the
/// single product differs from the list: tags are one text, an empty text stands for no price, and barcodes are there.
/// </summary>
internal sealed class ShopifyApi(Site site)
{
    public const string DefaultVariant = "Default Title";
    public const string PageLimitMessage = "Page * Limit exceeds the 25000 limit.";

    private const int DefaultLimit = 30;
    private const int MaxLimit = 250;
    private const int MaxReach = 25_000;

    private readonly ElmShop _style = (ElmShop)site.Style;

    /// <returns>Null when the page is beyond Shopify's reach.</returns>
    public JsonObject? Products(string baseUrl, int day, int? limit, int? page)
    {
        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        var number = Math.Max(1, page ?? 1);
        if ((long)size * number > MaxReach)
        {
            return null;
        }

        var items = Newest(day).Skip((number - 1) * size).Take(size).Select(index => Listed(baseUrl, Item(index, day)));
        return new JsonObject { ["products"] = new JsonArray([.. items]) };
    }

    public JsonObject Product(string baseUrl, int index, int day)
    {
        var item = Item(index, day);
        var product = Common(item);
        product["template_suffix"] = "";
        product["published_scope"] = "global";
        product["tags"] = string.Join(", ", Tags(item));
        product["variants"] = new JsonArray([.. item.Variants.Select(variant => SingleVariant(item, variant))]);
        product["options"] = Options(item);
        product["images"] = new JsonArray(Image(baseUrl, item));
        product["image"] = Image(baseUrl, item);
        return new JsonObject { ["product"] = product };
    }

    public JsonObject Meta(string baseUrl, int day) =>
        new()
        {
            ["id"] = 58_027_770_028,
            ["name"] = _style.Profile.Title,
            ["city"] = "Halifax",
            ["province"] = "Nova Scotia",
            ["country"] = "CA",
            ["currency"] = _style.Profile.CurrencyCode,
            ["domain"] = new Uri(baseUrl).Authority,
            ["url"] = baseUrl,
            ["myshopify_domain"] = "elm-street-goods.myshopify.com",
            ["description"] = "Things for the house and the road.",
            ["ships_to_countries"] = new JsonArray("CA", "US"),
            ["money_format"] = "${{amount}}",
            ["published_collections_count"] = site.Catalogue.Categories.Count,
            ["published_products_count"] = Newest(day).Count(),
            ["shopify_pay_enabled_card_brands"] = new JsonArray("visa", "master"),
            ["offers_shop_pay_installments"] = false,
        };

    private IEnumerable<int> Newest(int day)
    {
        for (var index = site.Catalogue.Count(day) - 1; index >= 0; index--)
        {
            if (site.Catalogue.Status(index, day) == ItemStatus.Live)
            {
                yield return index;
            }
        }
    }

    private Item Item(int index, int day) => _style.Shown(site.Catalogue.Item(index, day));

    private JsonObject Listed(string baseUrl, Item item)
    {
        var product = Common(item);
        product["tags"] = new JsonArray([.. Tags(item).Select(tag => JsonValue.Create(tag))]);
        product["variants"] = new JsonArray([.. item.Variants.Select(variant => ListedVariant(item, variant))]);
        product["images"] = new JsonArray(Image(baseUrl, item));
        product["options"] = Options(item);
        return product;
    }

    private static JsonObject Common(Item item) =>
        new()
        {
            ["id"] = ElmShop.ProductId(item),
            ["title"] = item.Name,
            ["handle"] = ElmShop.Handle(item),
            ["body_html"] = $"<p>{Pages.Html.Text(item.Description)}</p>",
            ["published_at"] = Time(ShopCalendar.DayZero.AddDays(-30)),
            ["created_at"] = Time(ShopCalendar.DayZero.AddDays(-31)),
            ["updated_at"] = Time(item.ChangedOn),
            ["vendor"] = item.Brand,
            ["product_type"] = item.Category.Name,
        };

    private JsonObject ListedVariant(Item item, ItemVariant variant)
    {
        var listed = Variant(item, variant);
        listed["featured_image"] = null;
        listed["available"] = variant.Availability == Availabilities.InStock;
        listed["price"] = Money(variant.Price);
        listed["compare_at_price"] = variant.ListPrice is { } list ? Money(list) : null;
        return listed;
    }

    private JsonObject SingleVariant(Item item, ItemVariant variant)
    {
        var single = Variant(item, variant);
        single["price"] = Money(variant.Price);
        single["compare_at_price"] = variant.ListPrice is { } list ? Money(list) : "";
        single["fulfillment_service"] = "manual";
        single["inventory_management"] = "shopify";
        single["barcode"] = variant.Gtin;
        single["image_id"] = null;
        single["weight"] = 0.4;
        single["weight_unit"] = "kg";
        single["price_currency"] = _style.Profile.CurrencyCode;
        single["compare_at_price_currency"] = variant.ListPrice is null ? "" : _style.Profile.CurrencyCode;
        single["quantity_price_breaks"] = new JsonArray();
        return single;
    }

    private JsonObject Variant(Item item, ItemVariant variant) =>
        new()
        {
            ["id"] = _style.VariantId(item, variant),
            ["product_id"] = ElmShop.ProductId(item),
            ["title"] = variant.OptionValue,
            ["option1"] = variant.OptionValue,
            ["option2"] = null,
            ["option3"] = null,
            ["sku"] = variant.Sku,
            ["requires_shipping"] = true,
            ["taxable"] = true,
            ["grams"] = 400,
            ["position"] = variant.Number,
            ["created_at"] = Time(ShopCalendar.DayZero.AddDays(-31)),
            ["updated_at"] = Time(item.ChangedOn),
        };

    private JsonArray Options(Item item)
    {
        var name = item.Variants is [{ OptionValue: DefaultVariant }]
            ? "Title"
            : _style.Profile.Rules.Vocabulary.VariantOption;
        var values = item.Variants.Select(variant => JsonValue.Create(variant.OptionValue));
        return
        [
            new JsonObject
            {
                ["name"] = name,
                ["position"] = 1,
                ["values"] = new JsonArray([.. values]),
            },
        ];
    }

    private static JsonObject Image(string baseUrl, Item item) =>
        new()
        {
            ["id"] = 34_575_000_000_000 + item.Id,
            ["position"] = 1,
            ["product_id"] = ElmShop.ProductId(item),
            ["variant_ids"] = new JsonArray(),
            ["src"] = baseUrl + ShopStyle.ImagePath(item),
            ["width"] = 420,
            ["height"] = 420,
        };

    private static string[] Tags(Item item) => [item.Category.Parent, item.Category.Name, "house-pick"];

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Time(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T08:00:00-04:00";
}
