using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// Recognises pages that ask for proof of a human although they come with status 200: short pages that hold what only the
/// challenges of the common protection services hold. A product page that merely embeds such a service's script does not.
/// </summary>
public static class ChallengePage
{
    private const int MaxBytes = 48 * 1024;

    private static readonly (string Name, byte[] Marker)[] Markers =
    [
        .. new[]
        {
            "window._cf_chl_opt", // Cloudflare
            "/errors/validateCaptcha", // Amazon
            "https://geo.captcha-delivery.com/captcha/", // DataDome
            "_Incapsula_Resource?SWUDNSAI", // Imperva
            "id=\"px-captcha\"", // HUMAN
            "id=\"captcha-form\"", // Google
            "<title>Robot or human?</title>", // Walmart
            "/_____tmd_____/punish?x5secdata", // AliExpress and the rest of Alibaba
        }.Select(marker => (marker, Encoding.ASCII.GetBytes(marker))),
    ];

    /// <returns>What gave the page away; null for any other page.</returns>
    public static string? FindMarker(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return null;
        }

        foreach (var (name, marker) in Markers)
        {
            if (body.IndexOf(marker) >= 0)
            {
                return name;
            }
        }

        return null;
    }
}
