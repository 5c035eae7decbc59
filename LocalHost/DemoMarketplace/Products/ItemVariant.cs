namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>A variant that is sold by itself. <see cref="Number"/> starts at 1.</summary>
internal sealed record ItemVariant(
    int Number,
    string OptionValue,
    string Sku,
    string? Gtin,
    decimal Price,
    decimal? ListPrice,
    string Availability
);
