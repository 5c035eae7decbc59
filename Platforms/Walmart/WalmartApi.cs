using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Walmart's two APIs, whichever the credentials are for: the Marketplace API (<see cref="WalmartMarketplace"/>) with a client id, the
/// affiliate API v2 (https://walmart.io/docs/affiliates/v1/introduction) with a consumer id. The latter's calls carry the headers of
/// <see cref="WalmartSignature"/>, which is good for 180 seconds: calls of two minutes share one.
/// </summary>
internal sealed class WalmartApi : IPlatformApi
{
    private const string ConsumerId = "consumerId";
    private const string PrivateKey = "privateKey";
    private const string KeyVersion = "keyVersion";

    /// <summary>"Invalid itemId": no such item is sold (https://github.com/listia/walmart_open quotes the answer).</summary>
    private const string InvalidItem = "4002";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(180);

    public IReadOnlyList<string> SecretNames { get; } = [ConsumerId, PrivateKey];

    public IReadOnlyList<string> OtherSecretNames { get; } = [WalmartMarketplace.ClientId, WalmartMarketplace.ClientSecret];

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public Uri EndpointOf(PlatformCredentials credentials) => credentials.Find(ConsumerId) is null ? WalmartMarketplace.Production : new Uri("https://developer.api.walmart.com/");

    public async ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken)
    {
        if (WalmartMarketplace.Is(session.Endpoint))
        {
            await WalmartMarketplace.AuthorizeAsync(request, session, cancellationToken);
            return;
        }

        var version = session.Credentials.Find(KeyVersion) ?? "1";
        var signed = (await session.TokenAsync(_ => Task.FromResult(Sign(session, version)), cancellationToken)).Value.Split(' ');
        request.Headers["WM_CONSUMER.ID"] = session.Credentials[ConsumerId];
        request.Headers["WM_CONSUMER.INTIMESTAMP"] = signed[0];
        request.Headers["WM_SEC.KEY_VERSION"] = version;
        request.Headers["WM_SEC.AUTH_SIGNATURE"] = signed[1];
    }

    public ApiFailure? Explain(ApiAnswer answer) =>
        answer.StatusCode switch
        {
            < 300 => null,
            400 when CodeOf(answer) == InvalidItem => new ApiFailure(FetchReasons.NotFound, "The API knows none of these items (error 4002)."),
            401 or 403 when ExplainSignature(answer) is { } failure => failure,
            520 => new ApiFailure(FetchReasons.HttpError, "The API answered with status 520: an unknown error on its side.") { IsRetryable = true },
            var status => ApiFailure.OfStatus(status) is { } failure && CodeOf(answer) is { } code ? failure with { Detail = $"{failure.Detail} Walmart's error is {code}." } : ApiFailure.OfStatus(status),
        };

    public TimeSpan? PauseAfter(ApiAnswer answer) => WalmartMarketplace.PauseAfter(answer);

    private static ApiToken Sign(ApiSession session, string version)
    {
        var now = session.UtcNow;
        var timestamp = now.ToUnixTimeMilliseconds();
        var signature = WalmartSignature.Sign(session.Credentials[ConsumerId], timestamp, version, session.Credentials[PrivateKey]);
        return new ApiToken(string.Create(CultureInfo.InvariantCulture, $"{timestamp} {signature}"), now + Lifetime);
    }

    /// <summary>
    /// The affiliate API's <c>{"errors":[{"code":4002,"message":"Invalid itemId"}]}</c> and the Marketplace's
    /// <c>{"errors":[{"code":"INVALID_REQUEST_PARAM",…}]}</c> (https://developer.walmart.com/us-marketplace/docs/error-codes), which its gateway
    /// writes as <c>{"error":[…]}</c> and <c>{"errors":{"error":[…]}}</c>.
    /// </summary>
    private static string? CodeOf(ApiAnswer answer) =>
        JsonText.TryRead(answer.Body, root => new[] { root["errors"], root["error"], root["errors"]["error"] }.SelectMany(list => list.Items()).Select(error => error["code"].Text).FirstOrDefault(IsCode));

    /// <summary>Codes are shown to people; whatever else stands in their place is not.</summary>
    private static bool IsCode(string? text) => text is { Length: > 0 and <= 60 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.');

    /// <summary>
    /// <c>{"details":{"Description":"Could not authenticate in-request, auth signature : Signature verification failed: …"}}</c>, or
    /// "The timestamp … passed for the signature has expired" (https://developer.walmartdataventures.com/apis/v2/reference/error-codes).
    /// </summary>
    private static ApiFailure? ExplainSignature(ApiAnswer answer)
    {
        var words = JsonText.TryRead(answer.Body, root => root["details"]["Description"].Text ?? root["errors"].Items().Select(error => error["message"].Text).FirstOrDefault() ?? "") ?? "";
        if (words.Contains("expired", StringComparison.OrdinalIgnoreCase))
        {
            return new ApiFailure(FetchReasons.CredentialsRefused, "The API holds the signature for expired: check this machine's clock.") { IsTokenRefused = true };
        }

        return words.Contains("signature", StringComparison.OrdinalIgnoreCase)
            ? new ApiFailure(FetchReasons.CredentialsRefused, "The API does not accept the signature: check consumerId, privateKey and keyVersion against what is registered at walmart.io.")
            : null;
    }
}
