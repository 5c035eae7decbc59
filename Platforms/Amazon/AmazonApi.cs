using System.Globalization;
using System.Text.Json.Nodes;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Amazon's two APIs, whichever the credentials are for. With a refresh token it is the Selling Partner API
/// (https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api), with a partner tag the Creators API, which
/// followed the Product Advertising API 5 (https://affiliate-program.amazon.com/creatorsapi/docs/en-us/introduction). Both take tokens
/// from Login with Amazon.
/// </summary>
internal sealed class AmazonApi : IPlatformApi
{
    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";
    public const string RefreshToken = "refreshToken";
    public const string PartnerTag = "partnerTag";

    /// <summary>na, eu or fe.</summary>
    public const string Region = "region";

    /// <summary>Another place than Login with Amazon's usual ones.</summary>
    public const string TokenEndpoint = "tokenEndpoint";

    /// <summary>Calls of the Creators API are below this path, those of the other one are not.</summary>
    public const string CreatorsPath = "/catalog/v1/";

    private const int MaxCodeLength = 60;

    /// <summary>The slowest operation is asked twice a minute; a rate far below is no rate.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public IReadOnlyList<string> SecretNames { get; } = [ClientId, ClientSecret];

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices };

    public static bool IsCreators(Uri endpoint) => endpoint.AbsolutePath.StartsWith(CreatorsPath, StringComparison.Ordinal);

    public Uri EndpointOf(PlatformCredentials credentials) =>
        credentials.Find(RefreshToken) is null && credentials.Find(PartnerTag) is not null ? new Uri($"https://creatorsapi.amazon{CreatorsPath}") : AmazonMarketplace.EndpointOf(RegionOf(credentials));

    public async ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken)
    {
        var token = await session.TokenAsync(ask => FetchTokenAsync(session, ask), cancellationToken);
        if (!IsCreators(session.Endpoint))
        {
            request.Headers["x-amz-access-token"] = token.Value;
            return;
        }

        request.Headers["Authorization"] = $"Bearer {token.Value}";
        request.Body = WithPartner(request.Body, Required(session.Credentials, PartnerTag));
    }

    public ApiFailure? Explain(ApiAnswer answer)
    {
        if (ApiFailure.OfStatus(answer.StatusCode) is not { } failure)
        {
            return null;
        }

        var code = JsonBody.With(answer.Body, root => root.Items("errors") is [var first, ..] ? first.Text("code") : null);
        var isCode = code is { Length: > 0 and <= MaxCodeLength } && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.');
        return failure with
        {
            Detail = isCode ? $"{failure.Detail} Amazon's error is {code}." : failure.Detail,
            // The Selling Partner API says so of a token that has expired, too.
            IsTokenRefused = failure.IsTokenRefused || (answer.StatusCode == 403 && code == "Unauthorized"),
        };
    }

    /// <summary>Calls a second, of the operation that was called (https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits).</summary>
    public TimeSpan? PauseAfter(ApiAnswer answer) =>
        answer.Headers.TryGetValue("x-amzn-RateLimit-Limit", out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate > 0
            ? TimeSpan.FromSeconds(Math.Min(1 / rate, LongestPause.TotalSeconds))
            : null;

    /// <summary>https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api#step-1-request-a-login-with-amazon-access-token</summary>
    private static async Task<ApiToken> FetchTokenAsync(ApiSession session, CancellationToken cancellationToken)
    {
        var credentials = session.Credentials;
        var grant = IsCreators(session.Endpoint)
            ? "grant_type=client_credentials&scope=creatorsapi%3A%3Adefault"
            : $"grant_type=refresh_token&refresh_token={Uri.EscapeDataString(Required(credentials, RefreshToken))}";
        var request = new ApiRequest("POST", TokenAddress(credentials, session.Endpoint))
        {
            Body = $"{grant}&client_id={Uri.EscapeDataString(credentials[ClientId])}&client_secret={Uri.EscapeDataString(credentials[ClientSecret])}",
            ContentType = OAuthToken.FormType,
        };
        return OAuthToken.Read(await session.SendAsync(request, cancellationToken), "Amazon", session.UtcNow);
    }

    /// <summary>The Creators API takes its tokens in the region of the credentials, the other one in one place.</summary>
    private static Uri TokenAddress(PlatformCredentials credentials, Uri endpoint)
    {
        if (Uri.TryCreate(credentials.Find(TokenEndpoint), UriKind.Absolute, out var stated))
        {
            return stated;
        }

        var host = (IsCreators(endpoint) ? RegionOf(credentials) : "") switch
        {
            AmazonMarketplace.Europe => "api.amazon.co.uk",
            AmazonMarketplace.FarEast => "api.amazon.co.jp",
            _ => "api.amazon.com",
        };
        return new Uri($"https://{host}/auth/o2/token");
    }

    private static string RegionOf(PlatformCredentials credentials) =>
        credentials.Find(Region)?.ToLowerInvariant() is AmazonMarketplace.Europe or AmazonMarketplace.FarEast ? credentials.Find(Region)!.ToLowerInvariant() : AmazonMarketplace.NorthAmerica;

    /// <exception cref="ApiRefusedException">It is not there.</exception>
    private static string Required(PlatformCredentials credentials, string name) =>
        credentials.Find(name) ?? throw new ApiRefusedException($"The credentials for Amazon have no {name}: the Selling Partner API needs {RefreshToken}, the Creators API {PartnerTag}.");

    /// <summary>Who gets the commission is part of each call, and not of the target: it belongs to the credentials.</summary>
    private static string? WithPartner(string? body, string tag)
    {
        if (body is null || JsonNode.Parse(body) is not JsonObject root)
        {
            return body;
        }

        root["partnerTag"] = tag;
        return root.ToJsonString();
    }
}
