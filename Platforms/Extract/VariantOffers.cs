using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Extract;

/// <summary>
/// The offers of a product's variants (sizes, colours), where markup tells them one by one: a ProductGroup's variants, or a product's
/// offers that have article numbers of their own. Each has a key from the page's address and its number, the same in every run.
/// </summary>
internal static class VariantOffers
{
    public const int MaxVariants = 200;

    private const double Confidence = 0.9;
    private static readonly string[] OwnFields = [FieldNames.Availability, FieldNames.ItemCondition, FieldNames.Sku, FieldNames.Mpn, FieldNames.Gtin, FieldNames.Image, FieldNames.Seller, FieldNames.ShippingPrice];

    private static readonly string[] SharedFields =
    [
        FieldNames.Description, FieldNames.Brand, FieldNames.Category, FieldNames.Seller, FieldNames.ShippingPrice, FieldNames.ItemCondition, FieldNames.Image,
        FieldNames.RatingValue, FieldNames.BestRating, FieldNames.ReviewCount,
    ];

    private static readonly string[] Identifiers = ["sku", "gtin13", "gtin", "gtin14", "gtin12", "gtin8", "mpn", "productID"];
    private static readonly string[] Options = ["size", "color", "material", "pattern"];

    /// <param name="main">The main product's offer: what variants do not tell of themselves is as it is there.</param>
    /// <param name="products">The main product in each kind of markup; the first kind that tells variants counts.</param>
    /// <param name="address">What the page's keys are made from.</param>
    public static List<ExtractedObject> Read(ExtractedObject main, IReadOnlyList<MainProduct> products, string address)
    {
        foreach (var product in products)
        {
            var variants = Of(product.Item);
            if (variants.Count > 1)
            {
                var offers = Objects(variants, main, address);
                if (offers.Count > 1)
                {
                    return offers;
                }
            }
        }

        return [];
    }

    private static List<StructuredItem> Of(StructuredItem product)
    {
        var groups = product["isVariantOf"].Select(value => value.Item).OfType<StructuredItem>().Prepend(product);
        var variants = groups.Select(group => Items(group["hasVariant"])).FirstOrDefault(list => list.Count > 1);
        if (variants is not null)
        {
            return variants;
        }

        var offers = Items(product["offers"]).FindAll(offer => !offer.Is("AggregateOffer"));
        var aggregate = Items(product["offers"]).Find(offer => offer.Is("AggregateOffer"));
        offers = offers.Count == 0 && aggregate is not null ? Items(aggregate["offers"]) : offers;
        var numbers = offers.Select(offer => offer.First("sku")?.Text).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return numbers == offers.Count ? offers : [];
    }

    private static List<StructuredItem> Items(IReadOnlyList<StructuredValue> values) => [.. values.Select(value => value.Item).OfType<StructuredItem>().Take(MaxVariants)];

    private static List<ExtractedObject> Objects(List<StructuredItem> variants, ExtractedObject main, string address)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var objects = new List<ExtractedObject>(variants.Count);
        foreach (var variant in variants)
        {
            var fields = Fields(variant, main, address);
            var isOffered = fields.ContainsKey(FieldNames.Price) || variant["offers"].Count > 0;
            if (isOffered && Identity(variant) is { } identity && seen.Add(identity))
            {
                objects.Add(
                    main with
                    {
                        ObjectKey = ObjectKey.FromUrl(address, $"variant\n{identity}"),
                        Url = Url(variant, main.Url),
                        Position = $"{ProductPageReader.PagePosition}.variants[{objects.Count}]",
                        Fields = fields,
                    }
                );
            }
        }

        return objects;
    }

    /// <summary>What tells the variant from the others in every run.</summary>
    private static string? Identity(StructuredItem variant) =>
        Identifiers.Select(name => variant.First(name)?.Text).FirstOrDefault(text => text is not null) ?? variant.Id ?? variant.First("url")?.Text ?? variant.First("name")?.Text;

    private static Dictionary<string, RawField> Fields(StructuredItem variant, ExtractedObject main, string address)
    {
        var facts = new ProductFacts(main.Language, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : null);
        // An offer is read as a product that has itself as its only offer.
        var isOffer = variant["offers"].Count == 0 && variant.First("price") is not null;
        StructuredProductReader.Read(new MainProduct(variant, [], StructuredProductReader.SureScore), facts, isOffer ? [variant] : null);

        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        if (Name(variant, main) is { } name)
        {
            fields.Add(FieldNames.Name, name);
        }

        foreach (var field in OwnFields)
        {
            if (facts.Best(field) is { } best)
            {
                fields.Add(field, best);
            }
        }

        AddPrice(facts, fields);
        foreach (var field in SharedFields)
        {
            if (main.Fields.TryGetValue(field, out var shared))
            {
                fields.TryAdd(field, shared);
            }
        }

        return fields;
    }

    private static void AddPrice(ProductFacts facts, Dictionary<string, RawField> fields)
    {
        if (facts.Prices.MaxBy(price => price.Weight) is { } price)
        {
            fields.Add(FieldNames.Price, new RawField(price.Text, price.Source, price.Location, Confidence));
            if (!string.IsNullOrWhiteSpace(price.CurrencyText))
            {
                fields.Add(FieldNames.PriceCurrency, new RawField(price.CurrencyText, price.Source, price.Location, Confidence));
            }

            if (PriceVote.ListPrice(facts, [], price) is { } list)
            {
                fields.Add(FieldNames.ListPrice, new RawField(list.Text, list.Source, list.Location, Confidence));
            }
        }
        else if (facts.Best(FieldNames.Price) is { } unusable)
        {
            fields.Add(FieldNames.Price, unusable);
        }
    }

    /// <summary>A variant that only repeats the product's name gets its options, as in <c>Kettle - Large</c>.</summary>
    private static RawField? Name(StructuredItem variant, ExtractedObject main)
    {
        var own = variant.First("name");
        var common = main.Text(FieldNames.Name);
        var options = string.Join(" / ", Options.Select(option => variant.First(option)?.Text).OfType<string>());
        var text = own?.Text ?? common;
        if (text is null)
        {
            return null;
        }

        var isSame = common is null || text.Trim().Equals(common.Trim(), StringComparison.OrdinalIgnoreCase);
        return new RawField(isSame && options.Length > 0 ? $"{text.Trim()} - {options}" : text.Trim(), variant.Source, own?.Location ?? variant.Location, Confidence);
    }

    /// <summary>Its own address, where it is one of the same site.</summary>
    private static string Url(StructuredItem variant, string page)
    {
        var offer = variant["offers"].Select(value => value.Item).FirstOrDefault(item => item is not null);
        var own = variant.First("url")?.Text ?? offer?.First("url")?.Text;
        return own is not null
            && Uri.TryCreate(page, UriKind.Absolute, out var address)
            && Uri.TryCreate(address, own, out var joined)
            && joined.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
            ? CanonicalUrl.TryCreate(joined) ?? page
            : page;
    }
}
