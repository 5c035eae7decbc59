using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>What is particular to one shop beside the markup of its pages.</summary>
internal sealed record ShopProfile
{
    /// <summary>The first label of its host name.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One line for the list of shops.</summary>
    public required string Summary { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    public required string CurrencyCode { get; init; }

    public required string AccentColour { get; init; }

    public required PageTexts Texts { get; init; }

    public required CatalogueRules Rules { get; init; }

    /// <summary>Some products are disallowed by robots.txt, some are listed twice.</summary>
    public bool HasTraps { get; init; } = true;

    public bool HasFaults { get; init; }

    /// <summary>As it stands in robots.txt, which knows no such line by its RFC but by habit.</summary>
    public string? CrawlDelay { get; init; }
}
