using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// The day in what Amazon writes above a review, in the words of its stores: "Reviewed in the United States on February 3, 2026",
/// "Bewertet in Deutschland am 3. Februar 2026", "2026年2月3日に日本でレビュー済み".
/// </summary>
internal static partial class AmazonReviewDate
{
    /// <summary>The beginnings that tell a month from the others, in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish and Turkish.</summary>
    private static readonly string[][] Months =
    [
        ["jan", "gen", "ene", "sty", "oca"],
        ["feb", "fév", "fev", "lut", "şub"],
        ["mar", "mär", "maa", "mrt", "mars"],
        ["apr", "avr", "abr", "kwi", "nis"],
        ["may", "mai", "mag", "mei", "maj"],
        ["jun", "juin", "giu", "cze", "haz"],
        ["jul", "juil", "lug", "lip", "tem"],
        ["aug", "aoû", "ago", "sie", "ağu"],
        ["sep", "set", "wrz", "eyl"],
        ["oct", "okt", "ott", "out", "paź", "eki"],
        ["nov", "lis", "kas"],
        ["dec", "dez", "déc", "dic", "gru", "ara"],
    ];

    /// <returns>As <c>yyyy-MM-dd</c>; the text itself when it holds no day that is known here.</returns>
    public static string? Find(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var match = Form().Matches(text).LastOrDefault();
        var month = match is null ? 0 : MonthOf(match.Groups["month"].Value);
        return match is not null && DateOnly.TryParseExact($"{match.Groups["year"].Value}-{month}-{match.Groups["day"].Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : text;
    }

    private static int MonthOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Array.FindIndex(Months, beginnings => beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))) + 1;

    [GeneratedRegex(@"(?<month>\p{L}{3,12})\.? (?<day>\d{1,2}), (?<year>20\d\d)|(?<day>\d{1,2})\.? (?:de )?(?<month>\p{L}{3,12})\.? (?:de )?(?<year>20\d\d)|(?<year>20\d\d)年(?<month>\d{1,2})月(?<day>\d{1,2})日", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
