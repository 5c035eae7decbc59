using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketline.Core.Clean;

/// <summary>Reads prices in the forms that shops write: <c>1.234,56 €</c>, <c>1'234.-</c>, <c>ab 5 €</c>, <c>١٢٣٫٥٠ ر.س</c>.</summary>
public static partial class PriceText
{
    private const int MaxLength = 300;
    private const int MaxLettersWithoutMark = 16;

    private static readonly SearchValues<string> NoPriceWords = SearchValues.Create(
        [
            "call", "on request", "upon request", "ask for", "contact us", "quote", "auf anfrage", "sur demande", "sur devis", "nous consulter",
            "a consultar", "consultar", "sob consulta", "su richiesta", "op aanvraag", "na zapytanie", "na dotaz", "по запросу", "уточняйте", "n/a", "tbd",
            "coming soon", "not available", "unavailable", "nicht verfügbar", "価格未定", "お問い合わせ", "询价", "面议",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> FreeWords = SearchValues.Create(
        ["free", "gratis", "kostenlos", "gratuit", "gratuito", "grátis", "безкоштовно", "бесплатно", "za darmo", "zdarma", "ilmainen", "無料", "免费", "무료", "מתנה", "مجاني"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <returns>The price, or null when the text holds none that can be read without guessing.</returns>
    public static PriceReading? Read(string text, NumberHints? hints = null)
    {
        hints ??= NumberHints.None;
        if (text.Length == 0 || text.Length > MaxLength)
        {
            return null;
        }

        var normal = Normalise(text);
        if (MinorUnits().Match(normal) is { Success: true } minor)
        {
            return new PriceReading(int.Parse(minor.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) / 100m, minor.Groups[2].ValueSpan is "p" ? "£" : "$");
        }

        var found = Marked(Scan(normal, hints), normal);
        return found.Count switch
        {
            0 => FreeAmount(normal),
            1 => Plain(found[0], normal),
            _ => OneOfSeveral(found, normal),
        };
    }

    /// <summary>The text says that there is no price to be seen, such as "call us" or "price on request".</summary>
    public static bool SaysNoPrice(string text) =>
        text.Length <= MaxLength && !text.AsSpan().ContainsAnyInRange('0', '9') && text.AsSpan().ContainsAny(NoPriceWords);

    /// <summary>All digits to ASCII, all spaces to one kind, all dashes and apostrophes to one kind; the length stays.</summary>
    internal static string Normalise(string text) =>
        string.Create(
            text.Length,
            text,
            static (target, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    target[i] = Normalise(source[i]);
                }
            }
        );

    private static char Normalise(char c) =>
        c switch
        {
            < '\u0080' => char.IsWhiteSpace(c) ? ' ' : c,
            '\u00a0' or '\u202f' or '\u2009' or '\u2007' or '\u200a' or '\u2008' or '\u3000' => ' ',
            '\u2019' or '\u2018' or '\u02bc' or '\u00b4' or '\u066c' => '\'',
            '\u066b' => '.',
            '\u2212' or '\u2013' or '\u2014' or '\u2012' or '\u2010' or '\u2011' or '\uff0d' => '-',
            '\u301c' or '\uff5e' => '~',
            '\uff0e' => '.',
            '\uff0c' => ',',
            _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            _ => c,
        };

    internal static List<PriceMatch> Scan(string normal, NumberHints hints)
    {
        var found = new List<PriceMatch>(2);
        for (var i = 0; i < normal.Length; )
        {
            if (!char.IsAsciiDigit(normal[i]))
            {
                i++;
                continue;
            }

            var isNumber = NumberScanner.TryRead(normal, i, hints, out var token);
            token = WithPointBefore(normal, token);
            i = token.End;
            if (isNumber && PriceMatch.TryCreate(normal, token) is { } match)
            {
                found.Add(match);
                i = match.End;
            }
        }

        return found;
    }

    /// <summary><c>$.99</c>: a point between a currency and two digits begins the decimals.</summary>
    private static NumberToken WithPointBefore(string normal, NumberToken token)
    {
        var point = token.Start - 1;
        var isCents = point > 0 && normal[point] == '.' && token is { HasDecimals: false } && token.End - token.Start == 2;
        return isCents && CurrencyMarks.EndingAt(normal, point) is null && CurrencyMarks.EndingAt(normal, point - 1) is not null
            ? token with { Amount = token.Amount / 100, Start = point, HasDecimals = true }
            : token;
    }

    /// <summary>Where some numbers stand beside a currency, the others are none (sizes, counts), but for the low end of a range.</summary>
    private static List<PriceMatch> Marked(List<PriceMatch> found, string normal)
    {
        if (!found.Exists(match => match.Mark is not null))
        {
            return found.Count > 0 && normal.Count(char.IsLetter) > MaxLettersWithoutMark ? [] : found;
        }

        var kept = new List<PriceMatch>(found.Count);
        for (var i = 0; i < found.Count; i++)
        {
            var isLowEnd = i + 1 < found.Count && found[i + 1].Mark is not null && IsRange(found[i], found[i + 1], normal);
            var isHighEnd = i > 0 && found[i - 1].Mark is not null && IsRange(found[i - 1], found[i], normal);
            if (found[i].Mark is not null || isLowEnd || isHighEnd)
            {
                kept.Add(found[i]);
            }
        }

        return kept;
    }

    private static PriceReading Plain(PriceMatch match, string normal)
    {
        var notes = match.Number.IsDoubtful ? PriceNotes.Doubtful : PriceNotes.None;
        if (FromWord().IsMatch(normal.AsSpan(0, match.Start)) || normal.AsSpan(match.End).TrimStart().StartsWith("~"))
        {
            notes |= PriceNotes.From;
        }

        return new PriceReading(match.Amount(normal), match.Mark, notes);
    }

    private static PriceReading OneOfSeveral(List<PriceMatch> found, string normal)
    {
        var isRange = IsRange(found[0], found[1], normal);
        var candidates = isRange ? found.GetRange(0, 2) : found;
        var lowest = candidates.MinBy(match => match.Number.Amount);
        var notes = (isRange ? PriceNotes.Range : PriceNotes.Several) | (lowest.Number.IsDoubtful ? PriceNotes.Doubtful : PriceNotes.None);
        return new PriceReading(lowest.Number.Amount, candidates.Find(match => match.Mark is not null).Mark, notes);
    }

    private static bool IsRange(PriceMatch low, PriceMatch high, string normal) =>
        low.End <= high.Start && RangeSign().IsMatch(normal.AsSpan(low.End, high.Start - low.End));

    private static PriceReading? FreeAmount(string normal) =>
        !normal.AsSpan().ContainsAnyInRange('0', '9') && normal.AsSpan().Trim().Length <= 20 && normal.AsSpan().ContainsAny(FreeWords)
            ? new PriceReading(0, null)
            : null;

    /// <summary>Pence and cents, where nothing else is said.</summary>
    [GeneratedRegex(@"^\s*([0-9]{1,2}) ?(p|¢)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex MinorUnits();

    [GeneratedRegex(@"^\s*(-|~|to|bis|à|a|al|do|до|til|till|tot|から|至|〜)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangeSign();

    [GeneratedRegex(
        @"(^|\W)(from|starting at|starts at|as low as|ab|von|à partir de|a partir de|dès|des|desde|da|a partire da|od|vanaf|fra|från|alkaen|от|від|από|начиная с)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex FromWord();
}
