using System.Collections.Frozen;

namespace Marketline.Core.Clean;

/// <summary>
/// The written signs of currencies (Unicode's currency symbols and the abbreviations that shops use) and the ISO 4217 codes
/// that each may stand for, the usual one first.
/// </summary>
internal static class CurrencyMarks
{
    private const string Dollars = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BRL JMD BBD BZD TTD FJD NAD DOP";

    private static readonly (string Mark, string Codes)[] Table =
    [
        ("$", Dollars), ("US$", "USD"), ("U$S", "USD"), ("US $", "USD"), ("C$", "CAD"), ("CA$", "CAD"), ("CDN$", "CAD"),
        ("A$", "AUD"), ("AU$", "AUD"), ("AU $", "AUD"), ("C $", "CAD"), ("NZ$", "NZD"), ("S$", "SGD"), ("HK$", "HKD"),
        ("NT$", "TWD"), ("NT", "TWD"), ("MX$", "MXN"), ("Mex$", "MXN"), ("R$", "BRL"), ("＄", Dollars),
        ("€", "EUR"), ("Eur", "EUR"), ("euro", "EUR"), ("euros", "EUR"), ("£", "GBP EGP LBP"), ("￡", "GBP"),
        ("¥", "JPY CNY"), ("￥", "JPY CNY"), ("円", "JPY"), ("元", "CNY TWD"), ("圆", "CNY"), ("RMB", "CNY"), ("CN¥", "CNY"), ("JP¥", "JPY"),
        ("₩", "KRW"), ("원", "KRW"), ("￦", "KRW"), ("kr", "SEK NOK DKK ISK"), ("kr.", "DKK NOK SEK ISK"), ("Kr", "SEK NOK DKK"), ("KR", "SEK NOK DKK"),
        ("zł", "PLN"), ("zl", "PLN"), ("Kč", "CZK"), ("Kc", "CZK"), ("Ft", "HUF"), ("lei", "RON MDL"), ("Lei", "RON MDL"), ("LEI", "RON"), ("leu", "RON"),
        ("лв", "BGN"), ("лв.", "BGN"), ("din", "RSD"), ("din.", "RSD"), ("дин.", "RSD"), ("kn", "HRK"), ("KM", "BAM"), ("ден", "MKD"),
        ("₽", "RUB"), ("руб", "RUB BYN"), ("руб.", "RUB BYN"), ("р.", "RUB BYN"), ("рублей", "RUB BYN"), ("Br", "BYN ETB"),
        ("₴", "UAH"), ("грн", "UAH"), ("грн.", "UAH"), ("₸", "KZT"), ("тг", "KZT"), ("тг.", "KZT"), ("тенге", "KZT"), ("сум", "UZS"), ("сом", "KGS"), ("₾", "GEL"), ("֏", "AMD"), ("₼", "AZN"),
        ("₺", "TRY"), ("TL", "TRY"), ("₪", "ILS"), ("ש\"ח", "ILS"), ("ש״ח", "ILS"), ("NIS", "ILS"),
        ("ر.س", "SAR"), ("ر.س.", "SAR"), ("ريال", "SAR"), ("SR", "SAR"), ("د.إ", "AED"), ("د.إ.", "AED"), ("درهم", "AED MAD"), ("Dhs", "AED MAD"), ("DH", "MAD AED"), ("ج.م", "EGP"), ("جنيه", "EGP"), ("LE", "EGP"),
        ("د.ك", "KWD"), ("KD", "KWD"), ("ر.ق", "QAR"), ("QR", "QAR"), ("د.ب", "BHD"), ("BD", "BHD"), ("ر.ع.", "OMR"), ("د.ا", "JOD"), ("JD", "JOD"), ("د.ت", "TND"), ("تومان", "IRR"), ("ریال", "IRR"), ("﷼", "IRR SAR"),
        ("₹", "INR"), ("Rs", "INR PKR LKR NPR MUR"), ("Rs.", "INR PKR LKR NPR MUR"), ("₨", "INR PKR LKR NPR"), ("रु", "INR NPR"), ("৳", "BDT"), ("Tk", "BDT"),
        ("฿", "THB"), ("บาท", "THB"), ("₫", "VND"), ("đ", "VND"), ("Rp", "IDR"), ("Rp.", "IDR"), ("RM", "MYR"), ("₱", "PHP"), ("Php", "PHP"), ("៛", "KHR"), ("₮", "MNT"),
        ("R", "ZAR"), ("₦", "NGN"), ("₵", "GHS"), ("GH₵", "GHS"), ("KSh", "KES"), ("Ksh", "KES"), ("TSh", "TZS"), ("USh", "UGX"), ("FCFA", "XOF XAF"), ("CFA", "XOF XAF"),
        ("S/", "PEN"), ("S/.", "PEN"), ("Bs", "BOB VES"), ("Bs.", "BOB VES"), ("₡", "CRC"), ("₲", "PYG"), ("Gs", "PYG"), ("Gs.", "PYG"), ("Q", "GTQ"), ("RD$", "DOP"), ("B/.", "PAB"), ("L.", "HNL"),
        ("Fr", "CHF"), ("Fr.", "CHF"), ("SFr", "CHF"), ("SFr.", "CHF"), ("sFr.", "CHF"),
    ];

    /// <summary>ISO 4217 (https://www.iso.org/iso-4217-currency-codes.html): the codes of national currencies in use, and a few lately replaced.</summary>
    private const string IsoCodes =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY "
        + "COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR "
        + "IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
        + "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE "
        + "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, string[]> ByMark = Build();

    private static readonly FrozenDictionary<char, string[]> ByFirstChar = ByMark.Keys.GroupBy(mark => mark[0])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(mark => mark.Length).ToArray());

    private static readonly FrozenDictionary<char, string[]> ByLastChar = ByMark.Keys.GroupBy(mark => mark[^1])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(mark => mark.Length).ToArray());

    public static FrozenSet<string> Codes { get; } = IsoCodes.Split(' ').ToFrozenSet();

    /// <summary>The codes a mark may stand for; null when it is none.</summary>
    public static string[]? CodesOf(string mark) => ByMark.GetValueOrDefault(mark);

    /// <summary>The mark that starts at <paramref name="index"/>, or null. A mark of letters must not go on as a word.</summary>
    public static string? StartingAt(ReadOnlySpan<char> text, int index)
    {
        if (index >= text.Length || !ByFirstChar.TryGetValue(text[index], out var marks))
        {
            return null;
        }

        foreach (var mark in marks)
        {
            var end = index + mark.Length;
            if (text[index..].StartsWith(mark, StringComparison.Ordinal) && !GoesOn(mark[^1], text, end))
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>The mark whose last character is at <paramref name="index"/>, or null.</summary>
    public static string? EndingAt(ReadOnlySpan<char> text, int index)
    {
        if (index < 0 || !ByLastChar.TryGetValue(text[index], out var marks))
        {
            return null;
        }

        foreach (var mark in marks)
        {
            var start = index - mark.Length + 1;
            if (start >= 0 && text[start..].StartsWith(mark, StringComparison.Ordinal) && !GoesOn(mark[0], text, start - 1))
            {
                return mark;
            }
        }

        return null;
    }

    private static bool GoesOn(char edge, ReadOnlySpan<char> text, int neighbour) =>
        char.IsLetter(edge) && !IsIdeographic(edge) && (uint)neighbour < (uint)text.Length && char.IsLetter(text[neighbour]);

    private static bool IsIdeographic(char c) => c is >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3';

    private static FrozenDictionary<string, string[]> Build()
    {
        var marks = Table.ToDictionary(row => row.Mark, row => row.Codes.Split(' '), StringComparer.Ordinal);
        foreach (var code in IsoCodes.Split(' '))
        {
            marks.TryAdd(code, [code]);
        }

        marks.TryAdd("RUR", ["RUB"]);
        marks.TryAdd("BYR", ["BYN"]);
        return marks.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
