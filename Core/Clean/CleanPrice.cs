namespace Marketline.Core.Clean;

/// <summary>A record's price fields after cleaning; no amount where the page has no price.</summary>
internal readonly record struct CleanPrice(decimal? Amount, string? CurrencyCode, decimal? ListAmount);
