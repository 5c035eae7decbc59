namespace Marketline.LocalHost.Cli.Api;

/// <summary>What the CLI reads of a row of <c>latest_offers</c>.</summary>
internal sealed record OfferRow(
    string ObjectKey,
    string Url,
    decimal? Price,
    string? Sku,
    string? Availability
);
