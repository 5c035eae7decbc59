using System.Net;
using System.Net.Http.Headers;

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
}
