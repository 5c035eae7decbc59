using System.Collections.Frozen;

namespace Marketline.Core.Clean;

/// <summary>
/// From a written sign to ISO 4217. A sign that several currencies share (<c>$</c>, <c>kr</c>, <c>¥</c>) is decided by the
/// shop's country: the host's top-level domain, then the region of the page's language, then the language; else it is the
/// sign's usual currency.
/// </summary>
public static class CurrencyResolver
{
    /// <summary>Country (ISO 3166) to currency, for countries whose currency shares its sign with others or is written without one.</summary>
    private static readonly FrozenDictionary<string, string> CurrencyByCountry = Pairs(
        "us USD ca CAD au AUD nz NZD sg SGD hk HKD tw TWD mx MXN ar ARS cl CLP co COP uy UYU br BRL pe PEN do DOP jm JMD "
            + "gb GBP uk GBP eg EGP lb LBP jp JPY cn CNY kr KRW se SEK no NOK dk DKK is ISK pl PLN cz CZK hu HUF ro RON md MDL bg BGN "
            + "rs RSD ba BAM mk MKD ru RUB by BYN ua UAH kz KZT uz UZS kg KGS ge GEL am AMD az AZN tr TRY il ILS sa SAR ae AED ma MAD kw KWD "
            + "qa QAR bh BHD om OMR jo JOD tn TND ir IRR in INR pk PKR lk LKR np NPR bd BDT mu MUR th THB vn VND id IDR my MYR ph PHP za ZAR ng NGN "
            + "gh GHS ke KES tz TZS ug UGX et ETB bo BOB ve VES cr CRC py PYG gt GTQ hn HNL pa PAB ch CHF li CHF sn XOF ci XOF cm XAF "
            + "de EUR at EUR fr EUR it EUR es EUR pt EUR nl EUR be EUR ie EUR fi EUR gr EUR sk EUR si EUR ee EUR lv EUR lt EUR lu EUR mt EUR cy EUR hr EUR"
    );

    private static readonly FrozenDictionary<string, string> CurrencyByLanguage = Pairs(
        "ja JPY zh CNY ko KRW sv SEK nb NOK nn NOK no NOK da DKK is ISK pl PLN cs CZK hu HUF ro RON bg BGN sr RSD mk MKD ru RUB be BYN uk UAH "
            + "kk KZT uz UZS ka GEL hy AMD az AZN tr TRY he ILS iw ILS fa IRR hi INR bn BDT ne NPR si LKR th THB vi VND id IDR ms MYR"
    );

    /// <param name="mark">A sign, an abbreviation or a code, as written.</param>
    /// <param name="language">The page's language (BCP 47).</param>
    /// <param name="host">The shop's host name.</param>
    /// <returns>The ISO 4217 code, or null when <paramref name="mark"/> is no currency.</returns>
    public static string? Resolve(string? mark, string? language, string? host)
    {
        var text = mark?.Trim().Trim('\u200e', '\u200f', '\u00a0');
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var upper = text.ToUpperInvariant();
        if (CurrencyMarks.Codes.Contains(upper))
        {
            return upper;
        }

        var codes = CurrencyMarks.CodesOf(text) ?? CurrencyMarks.CodesOf(upper) ?? CurrencyMarks.CodesOf(text.ToLowerInvariant());
        return codes switch
        {
            null => null,
            [var only] => only,
            _ => Likely(language, host).FirstOrDefault(codes.Contains) ?? codes[0],
        };
    }

    /// <summary>Whether <paramref name="mark"/> can stand for <paramref name="code"/>: <c>$</c> for CAD, but not for EUR.</summary>
    public static bool MayMean(string mark, string code) =>
        string.Equals(mark, code, StringComparison.OrdinalIgnoreCase) || (CurrencyMarks.CodesOf(mark)?.Contains(code) ?? false);

    /// <summary>Whether a shop of this language and host may write <paramref name="mark"/>; short letter signs are often something else.</summary>
    public static bool IsPlausible(string mark, string? language, string? host) =>
        CurrencyMarks.CodesOf(mark) is { } codes && Likely(language, host).Any(codes.Contains);

    /// <summary>The currency of the shop's country where the page names none; null when the country is not clear.</summary>
    public static string? OfCountry(string? language, string? host) => Likely(language, host).FirstOrDefault();

    private static IEnumerable<string> Likely(string? language, string? host)
    {
        if (host is not null && CurrencyByCountry.TryGetValue(LastPart(host, '.'), out var byDomain))
        {
            yield return byDomain;
        }

        if (language is null)
        {
            yield break;
        }

        var parts = language.Replace('_', '-').ToLowerInvariant().Split('-');
        if (parts.Length > 1 && CurrencyByCountry.TryGetValue(parts[^1], out var byRegion))
        {
            yield return byRegion;
        }

        if (CurrencyByLanguage.TryGetValue(parts[0], out var byLanguage))
        {
            yield return byLanguage;
        }
    }

    private static string LastPart(string text, char separator) => text[(text.LastIndexOf(separator) + 1)..].ToLowerInvariant();

    private static FrozenDictionary<string, string> Pairs(string text) =>
        text.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
