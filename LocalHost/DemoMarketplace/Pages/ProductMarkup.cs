namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>
/// The attributes that make a product page's elements machine-readable (microdata, RDFa), each with a leading space. Empty
/// for shops that put their structured data elsewhere, or have none.
/// </summary>
internal sealed record ProductMarkup
{
    public static ProductMarkup None { get; } = new();

    public string Product { get; init; } = "";

    public string Name { get; init; } = "";

    public string Image { get; init; } = "";

    public string Description { get; init; } = "";

    public string Brand { get; init; } = "";

    public string Sku { get; init; } = "";

    public string Mpn { get; init; } = "";

    public string Gtin { get; init; } = "";

    public string Category { get; init; } = "";

    public string Rating { get; init; } = "";

    public string RatingValue { get; init; } = "";

    public string ReviewCount { get; init; } = "";

    public string Review { get; init; } = "";

    public string Author { get; init; } = "";

    public string DatePublished { get; init; } = "";

    public string ReviewRating { get; init; } = "";

    public string ReviewRatingValue { get; init; } = "";

    public string ReviewBody { get; init; } = "";

    /// <summary>On the cards of other products: they are products too, and not the page's.</summary>
    public string RelatedProduct { get; init; } = "";

    public string RelatedName { get; init; } = "";

    public string RelatedOffer { get; init; } = "";

    public string RelatedPrice { get; init; } = "";
}
