namespace Marketline.Tests.EndToEnd;

/// <summary>A row of <c>price_changes</c> as the API gives it.</summary>
internal sealed record PriceChangeRow
{
    public required string ObjectKey { get; init; }
    public required string Platform { get; init; }
    public required string Url { get; init; }
    public string? Name { get; init; }
    public string? Category { get; init; }
    public string? OldCurrencyCode { get; init; }
    public string? CurrencyCode { get; init; }
    public decimal? OldPrice { get; init; }
    public decimal? NewPrice { get; init; }
    public double? ChangeRatio { get; init; }
    public string? OldAvailability { get; init; }
    public string? NewAvailability { get; init; }
    public required DateTimeOffset ChangedUtc { get; init; }
    public required string RunId { get; init; }
}
