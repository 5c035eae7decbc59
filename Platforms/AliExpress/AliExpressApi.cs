using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// The Open Platform's gateway <c>/sync</c> for business interfaces. A call's query gets the system parameters of
/// https://developer.alibaba.com/docs/doc.htm?articleId=120691&amp;docType=1&amp;treeId=727; clocks may differ by two hours.
/// </summary>
internal sealed class AliExpressApi : IPlatformApi
{
    private const string AppKey = "appKey";
    private const string AppSecret = "appSecret";

    /// <summary>A dropshipper's token, which a person renews; with it items are asked for by the interface for dropshippers.</summary>
    private const string AccessToken = "accessToken";

    public IReadOnlyList<string> SecretNames { get; } = [AppKey, AppSecret];

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices };

    public Uri EndpointOf(PlatformCredentials credentials) => new($"https://api-sg.aliexpress.com{(credentials.Find(AccessToken) is null ? "/" : AliExpressCalls.Dropshipping)}");

    public ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken)
    {
        var parameters = QueryHelpers.ParseQuery(request.Address.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        parameters["app_key"] = session.Credentials[AppKey];
        parameters["format"] = "json";
        parameters["sign_method"] = "sha256";
        parameters["timestamp"] = session.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        parameters["v"] = "2.0";
        if (AliExpressCalls.IsDropshipping(request.Address))
        {
            parameters["access_token"] = session.Credentials.Find(AccessToken) ?? throw new ApiRefusedException($"The credentials for AliExpress have no {AccessToken}, which its interface for dropshippers needs.");
        }

        parameters["sign"] = AliExpressSignature.Sign(parameters, session.Credentials[AppSecret]);
        var query = string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        request.Address = new Uri($"{request.Address.GetLeftPart(UriPartial.Path)}?{query}");
        return ValueTask.CompletedTask;
    }

    public ApiFailure? Explain(ApiAnswer answer) => AliExpressErrors.Find(answer) ?? ApiFailure.OfStatus(answer.StatusCode);
}
