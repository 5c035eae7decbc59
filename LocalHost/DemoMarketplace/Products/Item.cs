namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>A product as it stands on one day. A null field is one that the shop does not tell.</summary>
internal sealed record Item
{
    public required int Index { get; init; }

    /// <summary>The shop's own number, six digits or more; every address of the product ends with it.</summary>
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Description { get; init; }

    public required Category Category { get; init; }

    public string? CategoryText { get; init; }

    public string? Brand { get; init; }

    public string? Sku { get; init; }

    public string? Mpn { get; init; }

    public string? Gtin { get; init; }

    public bool IsGtinValid { get; init; } = true;

    public decimal? Price { get; init; }

    public decimal? ListPrice { get; init; }

    /// <summary>What used ones cost, where the shop offers them beside the new one.</summary>
    public decimal? SecondHandPrice { get; init; }

    public string? Availability { get; init; }

    /// <summary>New, Used or Refurbished.</summary>
    public string? Condition { get; init; }

    public string? Seller { get; init; }

    public decimal? RatingValue { get; init; }

    public int? ReviewCount { get; init; }

    /// <summary>Newest first; those that the page shows, which may be fewer than <see cref="ReviewCount"/>.</summary>
    public IReadOnlyList<ItemReview> Reviews { get; init; } = [];

    /// <summary>Empty, or two and more, of which the first is the one that the page shows.</summary>
    public IReadOnlyList<ItemVariant> Variants { get; init; } = [];

    public DateOnly ChangedOn { get; init; }
}
