using System.Net.Http.Headers;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// What protection services say in the head of an answer when they ask for proof of a human
/// (<see href="https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/"/>,
/// <see href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html"/>). Headers that they
/// put on every answer are not among these.
/// </summary>
internal static class ChallengeHeaders
{
    private static readonly (string Name, string[] Values)[] Known =
    [
        ("cf-mitigated", ["challenge"]), // Cloudflare
        ("x-amzn-waf-action", ["challenge", "captcha"]), // AWS WAF
        ("x-vercel-mitigated", ["challenge"]), // Vercel
    ];

    /// <returns>The header, or null.</returns>
    public static string? Find(HttpResponseHeaders headers, int status)
    {
        foreach (var (name, values) in Known)
        {
            if (Text(headers, name) is { } value && values.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                return $"{name}: {value}";
            }
        }

        // DataDome marks the answers that it lets through, too, but those do not forbid.
        return status is 403 or 429 && Text(headers, "x-dd-b") is { } block ? $"x-dd-b: {block}" : null;
    }

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString().Trim() : null;
}
