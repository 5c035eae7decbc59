namespace Marketline.Core.Datasets;

/// <summary>What the datasets' columns hold. Cleaning quarantines what lies outside; writing it would throw.</summary>
public static class DatasetLimits
{
    /// <summary>Prices are DECIMAL(18,4).</summary>
    public const int PriceScale = 4;

    public const decimal MinPrice = 0.0001m;

    public const decimal MaxPrice = 99_999_999_999_999.9999m;
}
