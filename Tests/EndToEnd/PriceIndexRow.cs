namespace Marketline.Tests.EndToEnd;

/// <summary>A row of <c>price_index</c> as the API gives it.</summary>
internal sealed record PriceIndexRow
{
    public required string Category { get; init; }
    public required string CurrencyCode { get; init; }
    public required DateOnly Dt { get; init; }
    public required long OfferCount { get; init; }
    public required decimal MinPrice { get; init; }
    public required decimal MedianPrice { get; init; }
    public required decimal AvgPrice { get; init; }
    public required decimal MaxPrice { get; init; }
    public required double PriceIndex { get; init; }
}
