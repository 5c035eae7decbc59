namespace Marketline.Core.Clean;

/// <summary>A number that may be a price, with the currency mark beside it; start and end include the mark.</summary>
internal readonly record struct PriceMatch(NumberToken Number, string? Mark, int Start, int End)
{
    /// <returns>Null for numbers that say how much or how often (percentages, <c>12x</c>).</returns>
    public static PriceMatch? TryCreate(string normal, NumberToken number)
    {
        var text = normal.AsSpan();
        var after = SkipSpaces(text, number.End);
        if (after < text.Length && (text[after] is '%' or '×' || IsTimes(text, after)))
        {
            return null;
        }

        if (MarkAfter(text, number, after) is { } follower)
        {
            return follower;
        }

        var before = number.Start - 1;
        while (before >= 0 && text[before] is ' ' or '\u200e' or '\u200f' or ':')
        {
            before--;
        }

        // A minus between sign and number: $-5, but not PEN-100.
        var isMinus = before > 0 && before == number.Start - 1 && text[before] == '-' && CurrencyMarks.EndingAt(text, before - 1) is { } sign && !char.IsLetter(sign[^1]);
        before -= isMinus ? 1 : 0;
        var mark = CurrencyMarks.EndingAt(text, before);
        if (mark is null)
        {
            return new PriceMatch(number, null, number.Start, number.End);
        }

        // "$24.99 CAD": the code says which dollar it is.
        var code = CurrencyMarks.StartingAt(text, after) is { } follows && CurrencyMarks.Codes.Contains(follows) && CurrencyResolver.MayMean(mark, follows) ? follows : null;
        return new PriceMatch(number, code ?? mark, before - mark.Length + 1, code is null ? number.End : after + code.Length);
    }

    /// <summary>Negative where a minus stands before it that is no range's dash.</summary>
    public decimal Amount(string normal)
    {
        var index = Start - 1;
        if (Mark is not null && Start < Number.Start && Number.Start > 0 && normal[Number.Start - 1] == '-')
        {
            return -Number.Amount;
        }

        var isNegative = index >= 0 && normal[index] == '-' && (index == 0 || normal[index - 1] is ' ' or '(');
        return isNegative ? -Number.Amount : Number.Amount;
    }

    private static PriceMatch? MarkAfter(ReadOnlySpan<char> text, NumberToken number, int after)
    {
        var mark = CurrencyMarks.StartingAt(text, after);
        if (mark is null || HasMarkBefore(text, number.Start))
        {
            return null;
        }

        var end = after + mark.Length;
        var isOfNext = after > number.End && end < text.Length && char.IsAsciiDigit(text[end]);
        if (isOfNext)
        {
            return null;
        }

        var centsFollow =
            !number.HasDecimals
            && after == number.End
            && end + 2 <= text.Length
            && char.IsAsciiDigit(text[end])
            && char.IsAsciiDigit(text[end + 1])
            && (end + 2 == text.Length || !(char.IsAsciiDigit(text[end + 2]) || text[end + 2] is '.' or ','));
        if (!centsFollow)
        {
            return new PriceMatch(number, mark, number.Start, end);
        }

        var cents = ((text[end] - '0') * 10) + (text[end + 1] - '0');
        var whole = number with { Amount = number.Amount + (cents / 100m), End = end + 2, HasDecimals = true };
        return new PriceMatch(whole, mark, number.Start, end + 2);
    }

    /// <summary>A symbol that touches the number from the left belongs to it: in <c>€5 €6</c> each has its own.</summary>
    private static bool HasMarkBefore(ReadOnlySpan<char> text, int start)
    {
        var before = start - 1;
        return before >= 0 && CurrencyMarks.EndingAt(text, before) is not null;
    }

    private static bool IsTimes(ReadOnlySpan<char> text, int index) =>
        text[index] is 'x' or 'X' && (index + 1 == text.Length || !char.IsLetter(text[index + 1]));

    private static int SkipSpaces(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is ' ' or '\u200e' or '\u200f')
        {
            index++;
        }

        return index;
    }
}
