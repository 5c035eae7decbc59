namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>How one shop's products come about.</summary>
internal sealed record CatalogueRules
{
    public required Vocabulary Vocabulary { get; init; }

    public int PriceDecimals { get; init; } = 2;

    public required string GtinPrefix { get; init; }

    public int GtinLength { get; init; } = 13;

    public required string SkuPrefix { get; init; }

    public required string ShopTitle { get; init; }

    public IReadOnlyList<string> Availabilities { get; init; } = Products.Availabilities.Common;

    /// <summary>Of 100 products, how many are only sold used or refurbished, and how many have used offers beside.</summary>
    public int UsedPercent { get; init; }

    public int SecondHandPercent { get; init; }

    public int VariantPercent { get; init; }

    public bool HasReviews { get; init; } = true;

    /// <summary>Products come and go from day to day.</summary>
    public bool IsChanging { get; init; } = true;
}
