using System.Globalization;

namespace Marketline.Core.Clean;

/// <summary>Numbers that are no prices: ratings and counts.</summary>
internal static class PlainNumber
{
    /// <summary>The first number of the text, its comma or point being the decimal mark: <c>4,5 von 5</c> is 4.5.</summary>
    public static decimal? ReadRating(string text)
    {
        var normal = PriceText.Normalise(text);
        var start = normal.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        var end = start;
        while (end < normal.Length && (char.IsAsciiDigit(normal[end]) || normal[end] is '.' or ','))
        {
            end++;
        }

        var number = normal[start..end].TrimEnd('.', ',').Replace(',', '.');
        var isNegative = start > 0 && normal[start - 1] == '-';
        return !isNegative && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The first whole number, grouped or not: <c>1.234 Bewertungen</c> is 1234.</summary>
    public static int? ReadCount(string text)
    {
        var normal = PriceText.Normalise(text);
        var start = normal.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0 || !NumberScanner.TryRead(normal, start, NumberHints.None, out var token))
        {
            return null;
        }

        return token.Amount is >= 0 and <= int.MaxValue && token.Amount == decimal.Truncate(token.Amount) ? (int)token.Amount : null;
    }
}
