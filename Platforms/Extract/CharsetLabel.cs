using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketline.Platforms.Extract;

/// <summary>From an encoding's written name to the encoding that browsers use for it (https://encoding.spec.whatwg.org/#names-and-labels).</summary>
internal static partial class CharsetLabel
{
    public const int Iso2022Jp = 50220;

    private static readonly FrozenDictionary<string, int> CodePages = new Dictionary<string, int>
    {
        ["utf-8"] = 65001, ["utf8"] = 65001, ["unicode-1-1-utf-8"] = 65001, ["utf-16"] = 1200, ["utf-16le"] = 1200, ["utf-16be"] = 1201,
        ["us-ascii"] = 1252, ["ascii"] = 1252, ["iso-8859-1"] = 1252, ["iso8859-1"] = 1252, ["iso_8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252, ["l1"] = 1252, ["windows-1252"] = 1252, ["cp1252"] = 1252,
        ["iso-8859-2"] = 28592, ["latin2"] = 28592, ["iso-8859-3"] = 28593, ["iso-8859-4"] = 28594, ["iso-8859-5"] = 28595, ["iso-8859-6"] = 28596, ["iso-8859-7"] = 28597, ["iso-8859-8"] = 28598, ["iso-8859-8-i"] = 28598,
        ["iso-8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874, ["windows-874"] = 874, ["iso-8859-13"] = 28603, ["iso-8859-15"] = 28605, ["latin-9"] = 28605,
        ["windows-1250"] = 1250, ["cp1250"] = 1250, ["windows-1251"] = 1251, ["cp1251"] = 1251, ["win-1251"] = 1251, ["windows-1253"] = 1253, ["windows-1254"] = 1254, ["windows-1255"] = 1255, ["windows-1256"] = 1256, ["windows-1257"] = 1257, ["windows-1258"] = 1258,
        ["koi8-r"] = 20866, ["koi8-u"] = 21866, ["macintosh"] = 10000, ["ibm866"] = 866, ["cp866"] = 866,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["gb18030"] = 54936, ["x-gbk"] = 54936, ["big5"] = 950, ["big5-hkscs"] = 950, ["x-x-big5"] = 950,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["windows-31j"] = 932, ["euc-jp"] = 51932, ["x-euc-jp"] = 51932, ["iso-2022-jp"] = Iso2022Jp,
        ["euc-kr"] = 51949, ["ks_c_5601-1987"] = 949, ["windows-949"] = 949, ["korean"] = 949,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The encoding of a Content-Type header; null when it names none, or one that nobody knows.</summary>
    public static Encoding? Find(string contentType) => Known(CharsetParameter().Match(contentType));

    public static Encoding? FindInMeta(ReadOnlySpan<byte> head)
    {
        var encoding = Known(MetaCharset().Match(Encoding.Latin1.GetString(head)));
        // A meta element that could be read as ASCII is not in UTF-16, whatever it says.
        return encoding is UnicodeEncoding ? Encoding.UTF8 : encoding;
    }

    private static Encoding? Known(Match match) =>
        match.Success && CodePages.TryGetValue(match.Groups[1].Value, out var codePage) ? Encoding.GetEncoding(codePage) : null;

    [GeneratedRegex("""charset\s*=\s*["']?([A-Za-z0-9_:.\-]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CharsetParameter();

    [GeneratedRegex("""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaCharset();
}
