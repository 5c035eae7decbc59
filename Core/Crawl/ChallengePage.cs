using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// Recognises pages that ask for proof of a human although they come with status 200: short pages that hold what only the
/// challenges of the common protection services hold. A page that merely embeds such a service's script, or a widget in one of its
/// forms, is none: that alone says nothing (see <see href="https://github.com/microlinkhq/is-antibot/pull/60"/> and 66).
/// </summary>
public static class ChallengePage
{
    private const int MaxBytes = 48 * 1024;

    /// <summary>A page that is nothing but a script: with a page around it the same script is only the service's watch.</summary>
    private const int BareBytes = 4 * 1024;

    /// <summary>A page that is a title and a widget.</summary>
    private const int WidgetBytes = 16 * 1024;

    private static readonly (string Name, byte[] Marker, int MaxBytes)[] Markers =
    [
        .. new (string Text, int MaxBytes)[]
        {
            ("window._cf_chl_opt", MaxBytes), // Cloudflare
            ("<title>Robot or human?</title>", MaxBytes), // Walmart
            ("/errors/validateCaptcha", MaxBytes), // Amazon
            ("https://geo.captcha-delivery.com/captcha/", MaxBytes), // DataDome
            ("https://ct.captcha-delivery.com/", MaxBytes),
            ("_Incapsula_Resource?SWUDNSAI", MaxBytes), // Imperva
            ("_Incapsula_Resource?CWUDNSAI", MaxBytes),
            ("Incapsula incident ID", MaxBytes),
            ("<title>Pardon Our Interruption", MaxBytes),
            ("_Incapsula_Resource?SWJIYLWA", BareBytes),
            ("id=\"px-captcha\"", MaxBytes), // HUMAN, formerly PerimeterX
            ("content=\"px-captcha\"", MaxBytes),
            ("window._pxAppId", BareBytes),
            ("sec-if-cpt-container", MaxBytes), // Akamai
            ("/_sec/cp_challenge/", MaxBytes),
            ("https://errors.edgesuite.net/", BareBytes),
            ("window.gokuProps", MaxBytes), // AWS WAF
            ("AwsWafIntegration.forceRefreshToken", MaxBytes),
            ("window.KPSDK", BareBytes), // Kasada
            ("/_____tmd_____/punish", BareBytes), // Alibaba
            ("<script id=\"anubis_challenge\"", MaxBytes), // Anubis
            ("id=\"captcha-form\"", MaxBytes), // Google
        }.Select(marker => (marker.Text, Encoding.ASCII.GetBytes(marker.Text), marker.MaxBytes)),
    ];

    private static readonly byte[][] Widgets =
    [
        .. new[] { "class=\"g-recaptcha", "class=\"h-captcha", "class=\"cf-turnstile", "class=\"frc-captcha" }.Select(Encoding.ASCII.GetBytes),
    ];

    private static readonly string[] Titles =
    [
        "robot check", "are you a robot", "are you human", "human verification", "security check", "just a moment", "attention required",
        "access denied", "access to this page has been denied", "verify you are human", "bot verification", "ddos-guard", "captcha",
    ];

    /// <returns>What gave the page away; null for any other page.</returns>
    public static string? FindMarker(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return null;
        }

        foreach (var (name, marker, maxBytes) in Markers)
        {
            if (body.Length <= maxBytes && body.IndexOf(marker) >= 0)
            {
                return name;
            }
        }

        return body.Length <= WidgetBytes ? FindWidget(body) : null;
    }

    /// <summary>A widget alone may be a newsletter's; under such a title it is all that the page is for.</summary>
    private static string? FindWidget(ReadOnlySpan<byte> body)
    {
        var title = Title(body);
        var words = Array.Find(Titles, words => title.Contains(words, StringComparison.OrdinalIgnoreCase));
        foreach (var widget in words is null ? [] : Widgets)
        {
            if (body.IndexOf(widget) >= 0)
            {
                return $"{words}, {Encoding.ASCII.GetString(widget)}";
            }
        }

        return null;
    }

    private static string Title(ReadOnlySpan<byte> body)
    {
        const int MaxLength = 200;
        var start = body.IndexOf("<title"u8);
        var end = start < 0 ? -1 : body[start..].IndexOf("</title"u8);
        return end is < 0 or > MaxLength ? "" : Encoding.UTF8.GetString(body.Slice(start, end));
    }
}
