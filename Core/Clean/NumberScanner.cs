using System.Globalization;

namespace Marketline.Core.Clean;

/// <summary>Finds the numbers of a normalised text (see <see cref="PriceText"/>) in the written forms of the world.</summary>
internal static class NumberScanner
{
    private const int MaxGroups = 8;
    private const int MaxDigits = 15;

    /// <summary>
    /// Reads the number whose first digit is at <paramref name="start"/>. False for what has the look of a number but is none,
    /// such as a date or a version; <paramref name="token"/> then still says where it ends.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, NumberHints hints, out NumberToken token)
    {
        Span<char> separators = stackalloc char[MaxGroups];
        Span<int> lengths = stackalloc int[MaxGroups];
        Span<char> digits = stackalloc char[MaxDigits + 1];
        var (groupCount, digitCount, index) = (0, 0, start);
        while (true)
        {
            var groupStart = index;
            while (index < text.Length && char.IsAsciiDigit(text[index]))
            {
                if (digitCount < digits.Length)
                {
                    digits[digitCount] = text[index];
                }

                digitCount++;
                index++;
            }

            lengths[groupCount++] = index - groupStart;
            if (groupCount == MaxGroups || !ContinuesAt(text, index, lengths[..groupCount]))
            {
                break;
            }

            separators[groupCount - 1] = text[index++];
        }

        var end = EndOfDash(text, index);
        var decimals = 0;
        var isDoubtful = false;
        var isNumber =
            digitCount <= MaxDigits
            && TryCountDecimals(lengths[..groupCount], separators[..(groupCount - 1)], digits, hints, out decimals, out isDoubtful);
        token = isNumber
            ? new NumberToken(ToDecimal(digits[..digitCount], decimals), start, end, decimals > 0 || end > index, isDoubtful)
            : new NumberToken(0, start, end, false, false);
        return isNumber;
    }

    private static bool ContinuesAt(ReadOnlySpan<char> text, int index, ReadOnlySpan<int> lengths)
    {
        if (index + 1 >= text.Length || !char.IsAsciiDigit(text[index + 1]))
        {
            return false;
        }

        return text[index] switch
        {
            '.' or ',' => true,
            ' ' or '\'' => lengths[^1] <= 3
                && (lengths.Length == 1 || lengths[^1] == 3)
                && DigitRun(text, index + 1) == 3,
            _ => false,
        };
    }

    private static int DigitRun(ReadOnlySpan<char> text, int index)
    {
        var end = index;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - index;
    }

    /// <summary>Swiss and Nordic forms without cents: <c>12.-</c>, <c>12,–</c>, <c>12:-</c>.</summary>
    private static int EndOfDash(ReadOnlySpan<char> text, int index) =>
        index + 1 < text.Length && text[index] is '.' or ',' or ':' && text[index + 1] == '-' ? SkipDashes(text, index + 1) : index;

    private static int SkipDashes(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] == '-')
        {
            index++;
        }

        return index;
    }

    private static bool TryCountDecimals(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<char> separators,
        ReadOnlySpan<char> digits,
        NumberHints hints,
        out int decimals,
        out bool isDoubtful
    )
    {
        (decimals, isDoubtful) = (0, false);
        if (separators.Length == 0)
        {
            return true;
        }

        var last = separators[^1];
        var lastLength = lengths[^1];
        var isMixed = separators[..^1].IndexOfAnyExcept(last) >= 0;
        if (last is '.' or ',' && (isMixed || separators.Length == 1))
        {
            isDoubtful = !isMixed && lastLength == 3 && lengths[0] <= 3 && digits[0] != '0';
            decimals = isDoubtful && !NumberForms.IsDecimalBeforeThree(last, hints) ? 0 : lastLength;
        }
        else if (last is '.' or ',' && lastLength <= 2)
        {
            decimals = lastLength;
        }

        var whole = decimals > 0 ? lengths[..^1] : lengths;
        return decimals <= 6 && IsGrouped(whole, decimals > 0 ? separators[..^1] : separators);
    }

    /// <summary>Groups of three after the first, or India's twos before a last three.</summary>
    private static bool IsGrouped(ReadOnlySpan<int> lengths, ReadOnlySpan<char> separators)
    {
        if (lengths.Length == 1)
        {
            return true;
        }

        if (lengths[0] > 3 || lengths[^1] != 3 || separators.IndexOfAnyExcept(separators[0]) >= 0)
        {
            return false;
        }

        var middle = lengths[1..^1];
        return middle.IndexOfAnyExcept(3) < 0 || (separators[0] == ',' && lengths[0] <= 2 && middle.IndexOfAnyExcept(2) < 0);
    }

    private static decimal ToDecimal(ReadOnlySpan<char> digits, int decimals)
    {
        var whole = decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        for (var place = 0; place < decimals; place++)
        {
            whole /= 10;
        }

        return whole;
    }
}
