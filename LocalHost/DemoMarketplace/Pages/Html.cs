using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>Text as it may stand in HTML and XML: letters of all scripts stay as they are.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>A number with the given separators; the thousands separator may be HTML.</summary>
    public static string Number(decimal amount, int decimals, string thousands, string point)
    {
        var digits = decimal.Round(amount, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture);
        var whole = decimals == 0 ? digits : digits[..^(decimals + 1)];
        var fraction = decimals == 0 ? "" : point + digits[^decimals..];
        for (var i = whole.Length - 3; i > 0; i -= 3)
        {
            whole = whole.Insert(i, thousands);
        }

        return whole + fraction;
    }
}
