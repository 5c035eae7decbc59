using Marketline.Core.Datasets;

namespace Marketline.Analytics.Shapes;

/// <summary>Decimal columns have four digits after the point: a mean of ratings, or a price per unit, has any number.</summary>
internal static class DecimalColumns
{
    private const decimal MaxRating = 99_999m;

    public static decimal? Rounded(decimal? value) =>
        value is { } number ? decimal.Round(number, DatasetLimits.PriceScale) : null;

    public static void RequirePrice(string objectKey, decimal? price, decimal min = DatasetLimits.MinPrice)
    {
        if (price < min || price > DatasetLimits.MaxPrice)
        {
            throw new ArgumentException($"Object {objectKey} has a price that no dataset holds: {price}.", nameof(price));
        }
    }

    public static void RequireRating(string objectKey, decimal? rating)
    {
        if (rating is < 0 or > MaxRating)
        {
            throw new ArgumentException($"Object {objectKey} has a rating that no dataset holds: {rating}.", nameof(rating));
        }
    }
}
