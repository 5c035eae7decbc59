using System.Globalization;
using AngleSharp.Dom;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>Reads one microdata or RDFa item: its own properties, not those of the items within it.</summary>
internal sealed class AttributeReader(IElement item, string attribute)
{
    private string Scope => attribute == "itemprop" ? "itemscope" : "typeof";

    public string? this[string property] => Find(property) is { } element ? Value(element) : null;

    public IElement? Find(string property) => FindAll(property).FirstOrDefault();

    public AttributeReader Nested(string property) => new(Find(property)!, attribute);

    public TruthReview[] Reviews() => [.. FindAll("review").Select(Review)];

    private IEnumerable<IElement> FindAll(string property) =>
        item.QuerySelectorAll($"[{attribute}='{property}']").Where(element => Owner(element) == item);

    private IElement? Owner(IElement element)
    {
        var parent = element.ParentElement;
        while (parent is not null && !parent.HasAttribute(Scope))
        {
            parent = parent.ParentElement;
        }

        return parent;
    }

    private TruthReview Review(IElement element)
    {
        var review = new AttributeReader(element, attribute);
        return new TruthReview(
            element.Id!,
            review["author"]!,
            DateOnly.Parse(review["datePublished"]!, CultureInfo.InvariantCulture),
            int.Parse(review.Nested("reviewRating")["ratingValue"]!, CultureInfo.InvariantCulture),
            review["reviewBody"]!
        );
    }

    private static string Value(IElement element) =>
        element.GetAttribute("content")
        ?? element.LocalName switch
        {
            "img" => element.GetAttribute("src")!,
            "link" => element.GetAttribute("href")!,
            "time" => element.GetAttribute("datetime")!,
            _ => element.TextContent,
        };
}
