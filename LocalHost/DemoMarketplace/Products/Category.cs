namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>A category of a shop; prices are in the shop's currency at a euro's scale.</summary>
internal sealed record Category(
    string Parent,
    string Name,
    string Slug,
    int MinPrice,
    int MaxPrice,
    IReadOnlyList<string> Nouns
)
{
    public string Path => $"{Parent} > {Name}";
}
