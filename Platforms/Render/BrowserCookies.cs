using Microsoft.Playwright;
using SiteCookie = System.Net.Cookie;

namespace Marketline.Platforms.Render;

/// <summary>Cookies on their way into a context and out of it. A domain with a dot before it is for all its hosts, on both sides.</summary>
internal static class BrowserCookies
{
    private const float Session = -1;

    public static async Task AddAsync(IBrowserContext context, IReadOnlyList<SiteCookie> cookies, CancellationToken cancellationToken)
    {
        foreach (var cookie in cookies)
        {
            try
            {
                await context.AddCookiesAsync([Of(cookie)]).WaitAsync(cancellationToken);
            }
            catch (PlaywrightException)
            {
                // The browser's rules are stricter, as for public suffixes: it would not have kept this one either. If it is gone, the next step says so.
            }
        }
    }

    /// <returns>What has been set or changed since <paramref name="given"/>.</returns>
    public static async Task<IReadOnlyList<SiteCookie>> ReadAsync(IBrowserContext context, IReadOnlyList<SiteCookie> given, CancellationToken cancellationToken)
    {
        var known = given.Select(cookie => (cookie.Domain, cookie.Path, cookie.Name, cookie.Value)).ToHashSet();
        var all = await context.CookiesAsync().WaitAsync(cancellationToken);
        return [.. all.Where(cookie => !known.Contains((cookie.Domain, cookie.Path, cookie.Name, cookie.Value))).SelectMany(Of)];
    }

    private static Cookie Of(SiteCookie cookie) =>
        new()
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
            Expires = cookie.Expires == default ? Session : new DateTimeOffset(cookie.Expires).ToUnixTimeSeconds(),
            HttpOnly = cookie.HttpOnly,
            Secure = cookie.Secure,
        };

    /// <summary>None for one whose signs can not be sent in a header.</summary>
    private static IEnumerable<SiteCookie> Of(BrowserContextCookiesResult cookie)
    {
        try
        {
            var expires = cookie.Expires > 0 ? DateTimeOffset.FromUnixTimeSeconds((long)cookie.Expires).UtcDateTime : default;
            return [new SiteCookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Expires = expires, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure }];
        }
        catch (System.Net.CookieException)
        {
            return [];
        }
    }
}
