using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>A price of a feed: a number with a point and a currency's code, such as <c>12.50 EUR</c> (https://support.google.com/merchants/answer/6324371).</summary>
/// <param name="Amount">As the feed writes it; the whole text where that is not the form.</param>
/// <param name="Currency">Null where the text is not of that form: what stands in it is for cleaning to find out.</param>
internal readonly partial record struct FeedPrice(string Amount, string? Currency)
{
    public static FeedPrice? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var match = AmountAndCode().Match(text);
        return match.Success ? new FeedPrice(match.Groups["amount"].Value, match.Groups["code"].Value.ToUpperInvariant()) : new FeedPrice(text.Trim(), null);
    }

    /// <summary>
    /// Whether a time lies in a sale's, <c>2016-02-24T13:00-0800/2016-02-29T15:30-0800</c>
    /// (https://support.google.com/merchants/answer/6324460): UTC where no zone is given, the whole of the last day where no time is.
    /// A text of another form says nothing, and a sale without dates is on.
    /// </summary>
    public static bool IsOn(string? dates, DateTimeOffset time)
    {
        var ends = dates?.Split('/', 2, StringSplitOptions.TrimEntries) ?? [];
        return ends.Length != 2
            || !TryParse(ends[0], out var start)
            || !TryParse(ends[1], out var end)
            || (start <= time && time <= (ends[1].Contains('T', StringComparison.Ordinal) ? end : end.AddDays(1)));
    }

    private static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(WithColon().Replace(text, "$1:$2"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    [GeneratedRegex(@"^\s*(?<amount>\d{1,12}(\.\d{1,6})?)\s*(?<code>[A-Za-z]{3})\s*$|^\s*(?<code>[A-Za-z]{3})\s*(?<amount>\d{1,12}(\.\d{1,6})?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex AmountAndCode();

    [GeneratedRegex(@"([+-]\d{2})(\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex WithColon();
}
