namespace Marketline.Core.Clean;

/// <summary>
/// GTIN-8, -12, -13 and -14 with their check digit (GS1 General Specifications, section 7.9: weights 3 and 1 from the right,
/// modulo 10).
/// </summary>
public static class Gtin
{
    /// <summary>The digits alone, when <paramref name="text"/> is a GTIN with a right check digit; else null.</summary>
    /// <remarks>Spaces and hyphens are writing; an <c>ean:</c> or <c>gtin13:</c> before it is a label.</remarks>
    public static string? TryNormalise(string text)
    {
        var value = text.AsSpan().Trim();
        var label = value.LastIndexOf(':');
        value = label >= 0 ? value[(label + 1)..].Trim() : value;
        Span<char> digits = stackalloc char[14];
        var count = 0;
        foreach (var c in value)
        {
            if (c is ' ' or '-')
            {
                continue;
            }

            if (!char.IsAsciiDigit(c) || count == digits.Length)
            {
                return null;
            }

            digits[count++] = c;
        }

        return count is 8 or 12 or 13 or 14 && HasRightCheckDigit(digits[..count]) ? new string(digits[..count]) : null;
    }

    private static bool HasRightCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++)
        {
            var weight = (digits.Length - 1 - i) % 2 == 1 ? 3 : 1;
            sum += (digits[i] - '0') * weight;
        }

        // All zeros pass the arithmetic, but are what shops fill an empty field with.
        return (10 - (sum % 10)) % 10 == digits[^1] - '0' && digits.IndexOfAnyExcept('0') >= 0;
    }
}
