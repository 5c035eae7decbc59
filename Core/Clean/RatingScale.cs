namespace Marketline.Core.Clean;

/// <summary>Brings a rating to the scale 0 to 5.</summary>
public static class RatingScale
{
    /// <param name="value">As read from the page.</param>
    /// <param name="best">schema.org's <c>bestRating</c>; its default is 5, but a greater value shows another scale.</param>
    /// <returns>Rounded to two decimals; null where value and scale do not fit.</returns>
    public static decimal? ToFive(decimal value, decimal? best)
    {
        var scale = best is > 0 ? best.Value : value switch { <= 5 => 5, <= 10 => 10, _ => 100 };
        return value < 0 || value > scale ? null : Math.Round(value / scale * 5, 2, MidpointRounding.AwayFromZero);
    }
}
