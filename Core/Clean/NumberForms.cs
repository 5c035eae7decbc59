using System.Collections.Frozen;

namespace Marketline.Core.Clean;

/// <summary>
/// How numbers are written where: decimal comma or point (Unicode CLDR, <c>numbers/symbols/decimal</c>), and how many decimals
/// a currency has (ISO 4217, minor units).
/// </summary>
internal static class NumberForms
{
    private static readonly FrozenSet<string> CommaLanguages = Words(
        "af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi"
    );

    /// <summary>Regions whose form differs from their language's.</summary>
    private static readonly FrozenSet<string> PointRegions = Words("ch li mx us gt hn ni sv pa do pr pe");

    private static readonly FrozenSet<string> NoDecimals = Words("CLP JPY KRW VND ISK PYG UGX XAF XOF XPF IDR IRR COP HUF KMF RWF BIF GNF UZS LAK MMK KHR");

    private static readonly FrozenSet<string> ThreeDecimals = Words("BHD IQD JOD KWD LYD OMR TND");

    public static bool WritesDecimalComma(string? language)
    {
        if (string.IsNullOrEmpty(language))
        {
            return false;
        }

        var parts = language.Replace('_', '-').ToLowerInvariant().Split('-');
        return CommaLanguages.Contains(parts[0]) && !(parts.Length > 1 && PointRegions.Contains(parts[^1]));
    }

    /// <summary>Whether one separator before exactly three digits marks decimals (<c>1.234</c> is 1,234 as a rule).</summary>
    public static bool IsDecimalBeforeThree(char separator, NumberHints hints)
    {
        if (hints.CurrencyCode is { } code)
        {
            if (NoDecimals.Contains(code))
            {
                return false;
            }

            if (ThreeDecimals.Contains(code))
            {
                return true;
            }
        }

        return hints.IsMachineForm && separator == '.' && !WritesDecimalComma(hints.Language);
    }

    private static FrozenSet<string> Words(string text) => text.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
