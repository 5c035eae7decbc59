using System.Text;
using System.Text.RegularExpressions;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>
/// Turns a page's bytes into text when its header or its meta element may be wrong: UTF-8 when it is valid UTF-8, else what one of
/// them names besides that.
/// </summary>
internal static partial class ShopPageReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static async Task<string> TextAsync(ShopClient client, string url)
    {
        using var response = await client.GetAsync(url);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var meta = MetaCharset().Match(Encoding.Latin1.GetString(bytes)).Groups[1].Value;
            var named = new[] { response.Content.Headers.ContentType?.CharSet, meta };
            var name = named.First(candidate =>
                candidate is not null && !candidate.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            );
            return CodePagesEncodingProvider.Instance.GetEncoding(name!)!.GetString(bytes);
        }
    }

    [GeneratedRegex("<meta charset=\"(.*?)\">")]
    private static partial Regex MetaCharset();
}
