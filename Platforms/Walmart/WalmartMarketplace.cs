using System.Globalization;
using System.Text;
using Marketline.Platforms.Api;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// What the Marketplace API wants of its callers: a token of 15 minutes by the client credentials grant
/// (https://developer.walmart.com/us-marketplace/docs/get-an-access-token), three headers, and to be left alone while its bucket of
/// calls is empty (https://developer.walmart.com/us-marketplace/docs/throttling).
/// </summary>
internal static class WalmartMarketplace
{
    /// <summary>Calls of this API are below this path, those of the affiliate API are not.</summary>
    public const string Root = "/v3/";

    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";

    private const string ServiceName = "Walmart Marketplace";

    /// <summary>Buckets fill up little by little, those of an hour too.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public static Uri Production { get; } = new($"https://marketplace.walmartapis.com{Root}");

    public static bool Is(Uri endpoint) => endpoint.AbsolutePath.StartsWith(Root, StringComparison.Ordinal);

    public static async ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken)
    {
        var token = await session.TokenAsync(ask => FetchTokenAsync(session, ask), cancellationToken);
        AddNames(request);
        request.Headers["WM_SEC.ACCESS_TOKEN"] = token.Value;
    }

    /// <summary>
    /// Until the bucket gets more, when nothing is left in it: <c>x-current-token-count</c> and <c>x-next-replenish-time</c>, which other
    /// pages of the vendor call <c>X-Next-Replenishment-Time</c>, against the server's own clock.
    /// </summary>
    public static TimeSpan? PauseAfter(ApiAnswer answer)
    {
        var headers = answer.Headers;
        var isEmpty = answer.StatusCode == 429 || (int.TryParse(headers.GetValueOrDefault("x-current-token-count"), CultureInfo.InvariantCulture, out var left) && left <= 0);
        var more = TimeOf(headers.GetValueOrDefault("x-next-replenish-time") ?? headers.GetValueOrDefault("x-next-replenishment-time"));
        var wait = more - TimeOf(headers.GetValueOrDefault("Date"));
        return !isEmpty || !(wait > TimeSpan.Zero) ? null
            : wait < LongestPause ? wait
            : LongestPause;
    }

    private static async Task<ApiToken> FetchTokenAsync(ApiSession session, CancellationToken cancellationToken)
    {
        var credentials = session.Credentials;
        var request = new ApiRequest("POST", new Uri(session.Endpoint, $"{Root}token")) { Body = "grant_type=client_credentials", ContentType = OAuthToken.FormType };
        request.Headers["Authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials[ClientId]}:{credentials[ClientSecret]}"))}";
        AddNames(request);
        return OAuthToken.Read(await session.SendAsync(request, cancellationToken), "Walmart", session.UtcNow);
    }

    private static void AddNames(ApiRequest request)
    {
        request.Headers["WM_SVC.NAME"] = ServiceName;
        request.Headers["WM_QOS.CORRELATION_ID"] = Guid.NewGuid().ToString();
    }

    /// <summary>The vendor does not say how a time is written: milliseconds since 1970, or a date.</summary>
    private static DateTimeOffset? TimeOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : null;
}
