namespace Marketline.LocalHost.DemoMarketplace;

/// <summary>What the marketplace serves. The same options give the same bytes, but for the port in absolute addresses.</summary>
public sealed record DemoMarketplaceOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    public int Seed { get; init; } = 20_260_105;

    public int ProductsPerShop { get; init; } = 250;

    /// <summary>About the size of a product page; a page is never cut to get there.</summary>
    public int PageSizeBytes { get; init; } = 60_000;

    /// <summary>Of 100 products of the faulty shop, how many answer wrongly: 0 turns the faults off.</summary>
    public int FaultPercent { get; init; } = 40;

    /// <summary>The day that is shown first; <c>POST /_control/day/{n}</c> moves it.</summary>
    public int Day { get; init; }

    /// <summary>The shops to serve, by name; empty for all of them. Not used when <see cref="ScalePageCount"/> is set.</summary>
    public IReadOnlyList<string> Shops { get; init; } = [];

    /// <summary>
    /// Above 0: only the shop <c>spruce</c> is served, with so many product pages, no faults, no traps and nothing kept in
    /// memory per page.
    /// </summary>
    public int ScalePageCount { get; init; }

    /// <summary>Compress pages with gzip for clients that accept it.</summary>
    public bool UseCompression { get; init; }
}
