using System.Net;
using System.Net.Http.Headers;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The cookies that a site has set while a batch of it is crawled: some sites show a page only to those who bring back what they were
/// given. Bounded, and gone with the batch's time box.
/// </summary>
internal sealed class SiteCookies
{
    private const int MaxCount = 50;
    private const int MaxBytes = 4_096;

    /// <summary>Sites set more; a request has to stay below what servers take.</summary>
    private const int MaxHeaderLength = 8_192;

    private readonly CookieContainer _cookies = new(MaxCount, MaxCount, MaxBytes);
    private volatile bool _hasAny;

    public void AddTo(HttpRequestMessage request)
    {
        if (_hasAny && _cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 and <= MaxHeaderLength } header)
        {
            request.Headers.TryAddWithoutValidation("Cookie", header);
        }
    }

    /// <summary>For a browser, which sorts out by itself what belongs to which path.</summary>
    public IReadOnlyList<Cookie> Of(Uri page) => _hasAny ? [.. _cookies.GetAllCookies().Where(cookie => IsOfSite(page, cookie))] : [];

    /// <summary>What a browser was given on a page. Other sites' cookies, which it also keeps, are left out.</summary>
    public void Take(Uri page, IEnumerable<Cookie> cookies)
    {
        foreach (var cookie in cookies.Where(cookie => IsOfSite(page, cookie)).Take(MaxCount))
        {
            try
            {
                _cookies.Add(HostOf(page, cookie), cookie.Domain.StartsWith('.') ? cookie : HostOnly(cookie));
                _hasAny = true;
            }
            catch (CookieException)
            {
                // Too long, or signs that are not sent in headers.
            }
        }
    }

    public void Take(Uri address, HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Set-Cookie", out var values))
        {
            return;
        }

        foreach (var value in values.Take(MaxCount))
        {
            try
            {
                _cookies.SetCookies(address, value);
                _hasAny = true;
            }
            catch (CookieException)
            {
                // Not well-formed, too long, or another site's: a browser drops it as well.
            }
        }
    }

    private static bool IsOfSite(Uri page, Cookie cookie) => SiteScope.IsSameSite(page, HostOf(page, cookie));

    private static Uri HostOf(Uri page, Cookie cookie) => new UriBuilder(page) { Host = cookie.Domain.TrimStart('.'), Path = cookie.Path, Query = "" }.Uri;

    /// <summary>A container takes a domain that is named for one with all its hosts.</summary>
    private static Cookie HostOnly(Cookie cookie) =>
        new(cookie.Name, cookie.Value, cookie.Path) { Expires = cookie.Expires, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure };
}
