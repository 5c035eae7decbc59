using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>schema.org data as JSON-LD, after https://schema.org/Product and https://schema.org/ProductGroup.</summary>
internal sealed class JsonLd(ShopStyle style, PageContext context)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>How a shop writes a price; by default as a number.</summary>
    public Func<decimal, JsonNode> PriceValue { get; init; } = amount => JsonValue.Create(amount);

    /// <summary>What stands before names such as <c>InStock</c>.</summary>
    public string Vocabulary { get; init; } = "https://schema.org/";

    public static string Script(JsonNode node) => ScriptOf(node.ToJsonString(Format));

    public static string ScriptOf(string json) => $"<script type=\"application/ld+json\">{json}</script>\n";

    public static string Text(JsonNode node) => node.ToJsonString(Format);

    public JsonObject Product(Item item)
    {
        var url = context.Absolute(style.ProductPath(item));
        var product = Base("Product", item, url);
        product["sku"] = item.Sku;
        Set(product, "mpn", item.Mpn);
        Set(product, item.Gtin?.Length == 12 ? "gtin12" : "gtin13", item.Gtin);
        product["offers"] = Offer(url, item.Price, item.ListPrice, item.Availability, item.Condition, item.Seller);
        return product;
    }

    /// <summary>A product in variants: each is a product with an offer of its own.</summary>
    public JsonObject ProductGroup(Item item)
    {
        var group = Base("ProductGroup", item, context.Absolute(style.ProductPath(item)));
        group["productGroupID"] = item.Sku;
        group["variesBy"] = new JsonArray(Vocabulary + "size");
        group["hasVariant"] = new JsonArray([.. item.Variants.Select(variant => Variant(item, variant))]);
        return group;
    }

    public JsonObject Breadcrumbs(Item item) =>
        new()
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = new JsonArray(
                Step(1, style.Profile.Texts.Home, context.Absolute("/")),
                Step(2, item.Category.Parent, null),
                Step(3, item.Category.Name, context.Absolute(style.CategoryPath(item.Category, 1))),
                Step(4, item.Name, null)
            ),
        };

    private JsonObject Variant(Item item, ItemVariant variant)
    {
        var url = context.Absolute(style.VariantPath(item, variant));
        var product = new JsonObject
        {
            ["@type"] = "Product",
            ["@id"] = url,
            ["name"] = $"{item.Name} - {variant.OptionValue}",
            ["sku"] = variant.Sku,
            ["size"] = variant.OptionValue,
            ["image"] = context.Absolute(ShopStyle.ImagePath(item)),
        };
        Set(product, variant.Gtin?.Length == 12 ? "gtin12" : "gtin13", variant.Gtin);
        product["offers"] = Offer(
            url,
            variant.Price,
            variant.ListPrice,
            variant.Availability,
            item.Condition,
            item.Seller
        );
        return product;
    }

    private JsonObject Base(string type, Item item, string url)
    {
        var product = new JsonObject
        {
            ["@context"] = "https://schema.org/",
            ["@type"] = type,
            ["@id"] = url,
            ["url"] = url,
            ["name"] = item.Name,
            ["description"] = item.Description,
            ["category"] = item.CategoryText,
            ["image"] = new JsonArray(context.Absolute(ShopStyle.ImagePath(item))),
        };
        if (item.Brand is not null)
        {
            product["brand"] = new JsonObject { ["@type"] = "Brand", ["name"] = item.Brand };
        }

        if (item is { RatingValue: { } rating, ReviewCount: { } count })
        {
            product["aggregateRating"] = new JsonObject
            {
                ["@type"] = "AggregateRating",
                ["ratingValue"] = rating,
                ["reviewCount"] = count,
                ["bestRating"] = 5,
            };
            product["review"] = new JsonArray([.. item.Reviews.Select(Review)]);
        }

        return product;
    }

    private JsonObject Offer(
        string url,
        decimal? price,
        decimal? listPrice,
        string? availability,
        string? condition,
        string? seller
    )
    {
        var offer = new JsonObject { ["@type"] = "Offer", ["url"] = url };
        if (price is { } amount)
        {
            offer["price"] = PriceValue(amount);
            offer["priceCurrency"] = style.Profile.CurrencyCode;
        }

        if (listPrice is { } list)
        {
            offer["priceSpecification"] = new JsonObject
            {
                ["@type"] = "UnitPriceSpecification",
                ["priceType"] = "https://schema.org/ListPrice",
                ["price"] = PriceValue(list),
                ["priceCurrency"] = style.Profile.CurrencyCode,
            };
        }

        Set(offer, "availability", availability is null ? null : Vocabulary + availability);
        Set(offer, "itemCondition", condition is null ? null : $"{Vocabulary}{condition}Condition");
        if (seller is not null)
        {
            offer["seller"] = new JsonObject { ["@type"] = "Organization", ["name"] = seller };
        }

        return offer;
    }

    private static JsonObject Review(ItemReview review) =>
        new()
        {
            ["@type"] = "Review",
            ["@id"] = "#" + review.Id,
            ["author"] = new JsonObject { ["@type"] = "Person", ["name"] = review.Author },
            ["datePublished"] = review.PublishedOn.ToString("O"),
            ["reviewRating"] = new JsonObject
            {
                ["@type"] = "Rating",
                ["ratingValue"] = review.Rating,
                ["bestRating"] = 5,
            },
            ["reviewBody"] = review.Body,
        };

    private static JsonObject Step(int position, string name, string? url)
    {
        var step = new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = position,
            ["name"] = name,
        };
        Set(step, "item", url);
        return step;
    }

    private static void Set(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
