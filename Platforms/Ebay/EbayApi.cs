using System.Globalization;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// eBay's REST APIs: an application token from the client credentials grant
/// (https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html), errors as
/// https://developer.ebay.com/api-docs/static/handling-error-messages.html has them.
/// </summary>
internal sealed class EbayApi : IPlatformApi
{
    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";

    /// <summary>"The legacy Id is invalid. Use … to get the item group details."</summary>
    public const int IsItemGroup = 11006;

    private const string Scope = "https://api.ebay.com/oauth/api_scope";

    public IReadOnlyList<string> SecretNames { get; } = [ClientId, ClientSecret];

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices };

    public Uri EndpointOf(PlatformCredentials credentials) => new("https://api.ebay.com/");

    public async ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken)
    {
        var token = await session.TokenAsync(ask => FetchTokenAsync(session, ask), cancellationToken);
        request.Headers["Authorization"] = $"Bearer {token.Value}";
    }

    public ApiFailure? Explain(ApiAnswer answer)
    {
        if (answer.StatusCode < 300)
        {
            return null;
        }

        var code = ErrorId(answer);
        return code switch
        {
            // No failure: the answer says where the listing's variations are.
            IsItemGroup => null,
            11001 or 11003 => new ApiFailure(FetchReasons.NotFound, $"eBay does not have this item, or not any more (error {code})."),
            2001 => new ApiFailure(FetchReasons.Blocked, "The calls that eBay allows are used up (error 2001): plan less, or ask eBay for more.") { IsRetryable = true },
            null => ApiFailure.OfStatus(answer.StatusCode),
            _ when ApiFailure.OfStatus(answer.StatusCode) is { } failure => failure with { Detail = string.Create(CultureInfo.InvariantCulture, $"{failure.Detail} eBay's error is {code}.") },
            _ => null,
        };
    }

    private static async Task<ApiToken> FetchTokenAsync(ApiSession session, CancellationToken cancellationToken)
    {
        var credentials = session.Credentials;
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials[ClientId]}:{credentials[ClientSecret]}"));
        var request = new ApiRequest("POST", new Uri(session.Endpoint, "/identity/v1/oauth2/token"))
        {
            Body = $"grant_type=client_credentials&scope={Uri.EscapeDataString(Scope)}",
            ContentType = OAuthToken.FormType,
        };
        request.Headers["Authorization"] = $"Basic {pair}";
        return OAuthToken.Read(await session.SendAsync(request, cancellationToken), "eBay", session.UtcNow);
    }

    private static int? ErrorId(ApiAnswer answer)
    {
        var text = JsonBody.With(answer.Body, root => root.Items("errors") is [var first, ..] ? first.Text("errorId") : null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
