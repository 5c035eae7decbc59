using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Tests.Platforms.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Tests.Platforms.Amazon;

/// <summary>
/// Speaks Login with Amazon (https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api), the two operations of the
/// Selling Partner API (https://github.com/amzn/selling-partner-api-models) and the two of the Creators API that are used, and refuses
/// whoever does not keep to them.
/// </summary>
internal sealed class AmazonServer : PlatformServer
{
    public const string ClientId = "amzn1.application-oa2-client.0123456789abcdef";
    public const string ClientSecret = "amzn1.oa2-cs.v1.f00dfeedf00dfeed";
    public const string RefreshToken = "Atzr|IwEBIA-refresh&token=";
    public const string PartnerTag = "hearth0a-20";

    private readonly HashSet<string> _tokens = [];

    public int ResultCount { get; set; } = 3;

    public int ThrottledCount { get; set; }

    /// <summary>How many answers until the tokens given so far have expired; negative for never.</summary>
    public int AnswersPerToken { get; set; } = -1;

    /// <summary>Calls a second, as the API tells them.</summary>
    public string? RateLimit { get; set; }

    public IEnumerable<string> IssuedTokens => _tokens;

    public static Task<AmazonServer> StartAsync() => StartAsync(new AmazonServer());

    /// <summary>With credentials for the Selling Partner API.</summary>
    public ApiCrawl Partner(TimeProvider? time = null, string refreshToken = RefreshToken) => Crawl(Api.Root, time, ("refreshToken", refreshToken));

    public ApiCrawl Creators() => Crawl(new Uri(Api.Root, "/catalog/v1/"), null, ("partnerTag", PartnerTag));

    /// <summary>With credentials for neither.</summary>
    public ApiCrawl Half() => Crawl(Api.Root, null, ("region", "eu"));

    public static string AsinOf(int index) => string.Create(CultureInfo.InvariantCulture, $"B0{index:00000000}");

    public static string CatalogItem(string asin) =>
        $$$"""
        {"asin":"{{{asin}}}","identifiers":[{"marketplaceId":"ATVPDKIKX0DER","identifiers":[{"identifierType":"UPC","identifier":"036000291452"},{"identifierType":"EAN","identifier":"4006381333931"}]}],
        "summaries":[{"marketplaceId":"ATVPDKIKX0DER","itemName":"Kettle {{{asin}}}","brand":"Hearth","partNumber":"HK-1","browseClassification":{"displayName":"Kettles","classificationId":"1"}}]}
        """;

    private ApiCrawl Crawl(Uri endpoint, TimeProvider? time, (string Name, string Value) more) =>
        new("amazon", endpoint, new Dictionary<string, string> { ["clientId"] = ClientId, ["clientSecret"] = ClientSecret, ["tokenEndpoint"] = new Uri(Api.Root, "/auth/o2/token").AbsoluteUri, [more.Name] = more.Value }, time);

    protected override ApiReply? Refuse(ApiCallSeen call) => call.Path == "/auth/o2/token" ? Token(call) : Rated(Unauthorized(call));

    protected override ApiReply Answer(ApiCallSeen call) =>
        Rated(
            (call.Method, call.Path) switch
            {
                ("GET", "/catalog/2022-04-01/items") => Catalog(call),
                ("POST", "/batches/products/pricing/2022-05-01/items/competitiveSummary") => Pricing(JsonNode.Parse(call.Body)!),
                ("POST", "/catalog/v1/getItems") when IsPartners(call) => Items(JsonNode.Parse(call.Body)!["itemIds"]!.AsArray().Select(id => (string)id!), "itemsResult"),
                ("POST", "/catalog/v1/searchItems") when IsPartners(call) => Items(CreatorsPage(JsonNode.Parse(call.Body)!), "searchResult"),
                _ => new ApiReply(400, """{"errors":[{"code":"InvalidInput","message":"One or more request parameters invalid","details":""}]}"""),
            }
        )!;

    private ApiReply? Rated(ApiReply? reply) => RateLimit is null || reply is null ? reply : reply with { Headers = new Dictionary<string, string> { ["x-amzn-RateLimit-Limit"] = RateLimit } };

    private ApiReply Token(ApiCallSeen call)
    {
        var form = QueryHelpers.ParseQuery(call.Body);
        var isClient = call is { Method: "POST" } && form.GetValueOrDefault("client_id") == ClientId && form.GetValueOrDefault("client_secret") == ClientSecret;
        var isGranted = form.GetValueOrDefault("grant_type").ToString() switch
        {
            "refresh_token" => form.GetValueOrDefault("refresh_token") == RefreshToken,
            "client_credentials" => form.GetValueOrDefault("scope") == "creatorsapi::default",
            _ => false,
        };
        if (!isClient || !isGranted || call.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true)
        {
            return new ApiReply(400, """{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : refresh_token"}""");
        }

        var token = $"Atza|{form["grant_type"]}-{Api.Calls.Count}";
        _tokens.Add(token);
        return ApiReply.Ok(JsonSerializer.Serialize(new { access_token = token, token_type = "bearer", expires_in = 3600, refresh_token = RefreshToken }));
    }

    private ApiReply? Unauthorized(ApiCallSeen call)
    {
        var isCreators = call.Path.StartsWith("/catalog/v1/", StringComparison.Ordinal);
        var token = isCreators ? call.Header("Authorization")?.Replace("Bearer ", "", StringComparison.Ordinal) : call.Header("x-amz-access-token");
        if (token is null || !_tokens.Contains(token) || !token.Contains(isCreators ? "client_credentials" : "refresh_token", StringComparison.Ordinal) || AnswersPerToken == 0)
        {
            _tokens.Clear();
            AnswersPerToken = -1;
            return isCreators
                ? new ApiReply(401, """{"errors":[{"code":"UnauthorizedException","message":"The token is not valid."}]}""")
                : new ApiReply(403, """{"errors":[{"message":"Access to requested resource is denied.","code":"Unauthorized","details":"The access token you provided has expired."}]}""");
        }

        AnswersPerToken = AnswersPerToken > 0 ? AnswersPerToken - 1 : AnswersPerToken;
        if (ThrottledCount > 0)
        {
            ThrottledCount--;
            return new ApiReply(429, """{"errors":[{"code":"QuotaExceeded","message":"You exceeded your quota for the requested resource.","details":""}]}""");
        }

        return null;
    }

    private static bool IsPartners(ApiCallSeen call) =>
        (string?)JsonNode.Parse(call.Body)!["partnerTag"] == PartnerTag && call.Header("x-marketplace") == "www.amazon.com" && (string?)JsonNode.Parse(call.Body)!["marketplace"] == "www.amazon.com";

    private ApiReply Catalog(ApiCallSeen call)
    {
        if (call.Query["marketplaceIds"] != "ATVPDKIKX0DER" || int.Parse(call.Query["pageSize"], CultureInfo.InvariantCulture) > 20)
        {
            return new ApiReply(400, """{"errors":[{"code":"InvalidInput","message":"Invalid marketplace."}]}""");
        }

        if (call.Query.TryGetValue("identifiers", out var identifiers))
        {
            var asins = identifiers.Split(',');
            return asins.Length <= 20 && call.Query["identifiersType"] == "ASIN" ? ApiReply.Ok($$"""{"numberOfResults":{{asins.Length}},"items":[{{string.Join(',', asins.Select(CatalogItem))}}]}""") : new ApiReply(400, "{}");
        }

        // The token is to come back exactly as it was given.
        var offset = call.Query.TryGetValue("pageToken", out var token) ? int.Parse(token.Split("+/=&")[1], CultureInfo.InvariantCulture) : 0;
        var count = Math.Clamp(ResultCount - offset, 0, 20);
        var next = offset + 20 < ResultCount ? $$""","pagination":{"nextPage":"t+/=&{{offset + 20}}"}""" : "";
        return ApiReply.Ok($$"""{"numberOfResults":{{ResultCount}},"items":[{{string.Join(',', Enumerable.Range(offset, count).Select(index => CatalogItem(AsinOf(index))))}}]{{next}}}""");
    }

    private static ApiReply Pricing(JsonNode body)
    {
        var requests = body["requests"]!.AsArray();
        var isGood = requests.Count is > 0 and <= 20
            && requests.All(request => (string?)request!["method"] == "GET" && (string?)request["uri"] == "/products/pricing/2022-05-01/items/competitiveSummary" && (string?)request["marketplaceId"] == "ATVPDKIKX0DER" && request["includedData"]!.AsArray().Count > 0);
        return isGood ? ApiReply.Ok($$"""{"responses":[{{string.Join(',', requests.Select(request => Price((string)request!["asin"]!)))}}]}""") : new ApiReply(400, "{}");
    }

    private static string Price(string asin) =>
        asin == "B000000404"
            ? """{"status":{"statusCode":400,"reasonPhrase":"Client Error"},"body":{"errors":[{"code":"INVALID_ASIN","message":"The ASIN is not valid."}]}}"""
            : $$$"""{"status":{"statusCode":200,"reasonPhrase":"Success"},"body":{"asin":"{{{asin}}}","marketplaceId":"ATVPDKIKX0DER","featuredBuyingOptions":[{"buyingOptionType":"New","segmentedFeaturedOffers":[{"sellerId":"A3DJR8M9Y3OUPG","condition":"New","listingPrice":{"amount":18.11,"currencyCode":"USD"}}]}]}}""";

    private IEnumerable<string> CreatorsPage(JsonNode body)
    {
        var (page, count) = ((int)body["itemPage"]!, (int)body["itemCount"]!);
        return count is > 0 and <= 10 && page is > 0 and <= 10 ? Enumerable.Range(0, ResultCount).Skip((page - 1) * count).Take(count).Select(AsinOf) : [];
    }

    private static ApiReply Items(IEnumerable<string> asins, string name)
    {
        var items = asins.Take(11).Select(asin => $$$"""{"asin":"{{{asin}}}","detailPageURL":"https://www.amazon.com/dp/{{{asin}}}?tag=hearth0a-20","itemInfo":{"title":{"displayValue":"Kettle {{{asin}}}"}},"offersV2":{"listings":[{"isBuyBoxWinner":true,"price":{"money":{"amount":18.11,"currency":"USD","displayAmount":"$18.11"}},"availability":{"type":"IN_STOCK"}}]}}""").ToList();
        return items.Count <= 10 ? ApiReply.Ok($$$"""{"{{{name}}}":{"items":[{{{string.Join(',', items)}}}]}}""") : new ApiReply(400, """{"errors":[{"code":"TooManyItems","message":"x"}]}""");
    }
}
