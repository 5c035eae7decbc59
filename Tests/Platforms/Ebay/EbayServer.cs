using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketline.Tests.Platforms.Api;

namespace Marketline.Tests.Platforms.Ebay;

/// <summary>
/// Speaks eBay's token endpoint and Browse API v1 as https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html and
/// https://developer.ebay.com/api-docs/buy/browse/resources/methods describe them, and refuses whoever does not keep to it.
/// </summary>
internal sealed class EbayServer : PlatformServer
{
    public const string ClientId = "Hearth-Market-PRD-1a2b3c4d5-6e7f8a9b";
    public const string ClientSecret = "PRD-9f8e7d6c5b4a-0123-4567-89ab-cdef";

    private readonly HashSet<string> _tokens = [];

    /// <summary>Results of any search.</summary>
    public int ResultCount { get; set; } = 3;

    public bool AreResultsGroups { get; set; }

    /// <summary>How many calls are answered with 429 before any other.</summary>
    public int ThrottledCount { get; set; }

    /// <summary>How many answers until the tokens given so far are not taken any more; negative for never.</summary>
    public int AnswersPerToken { get; set; } = -1;

    public string? TokenReply { get; set; }

    /// <summary>What every call of the Browse API is answered with instead.</summary>
    public ApiReply? BrokenReply { get; set; }

    public IEnumerable<string> IssuedTokens => _tokens;

    public static Task<EbayServer> StartAsync() => StartAsync(new EbayServer());

    public ApiCrawl Crawl(TimeProvider? time = null, string secret = ClientSecret) =>
        new("ebay", Api.Root, new Dictionary<string, string> { ["clientId"] = ClientId, ["clientSecret"] = secret }, time);

    public static string Error(int id, string category, string message) =>
        $$"""{"errors":[{"errorId":{{id}},"domain":"API_BROWSE","category":"{{category}}","message":"{{message}}"}]}""";

    public static string Item(string listing, string variation = "0", string members = "") =>
        $$$"""
        {"itemId":"v1|{{{listing}}}|{{{variation}}}","title":"Enamel kettle {{{listing}}}-{{{variation}}}","price":{"value":"24.90","currency":"EUR"},"condition":"Neu","conditionId":"1000",
        "categoryPath":"Haushalt|Küche|Kessel","image":{"imageUrl":"https://i.ebayimg.com/images/g/a/s-l1600.jpg"},"brand":"Hearth","mpn":"HK-1","gtin":"4006381333931",
        "estimatedAvailabilities":[{"estimatedAvailabilityStatus":"IN_STOCK","estimatedAvailableQuantity":3}],"seller":{"username":"kettle-anna","feedbackScore":12},"itemWebUrl":"https://www.ebay.de/itm/{{{listing}}}?hash=item1:g:a"{{{members}}}}
        """;

    protected override ApiReply? Refuse(ApiCallSeen call)
    {
        if (call.Path == "/identity/v1/oauth2/token")
        {
            return Token(call);
        }

        var token = call.Header("Authorization") ?? "";
        if (!_tokens.Contains(token) || AnswersPerToken == 0)
        {
            _tokens.Clear();
            AnswersPerToken = -1;
            return new ApiReply(401, """{"errors":[{"errorId":1001,"domain":"OAuth","category":"REQUEST","message":"Invalid access token","longMessage":"Invalid access token. Check the value of the Authorization HTTP request header."}]}""");
        }

        AnswersPerToken = AnswersPerToken > 0 ? AnswersPerToken - 1 : AnswersPerToken;
        if (ThrottledCount > 0)
        {
            ThrottledCount--;
            return new ApiReply(429, """{"errors":[{"errorId":2001,"domain":"ACCESS","category":"REQUEST","message":"Too many requests.","longMessage":"The request limit has been reached for the resource."}]}""") { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } };
        }

        return call.Header("X-EBAY-C-MARKETPLACE-ID") == "EBAY_DE" && call.Method == "GET" ? null : new ApiReply(400, Error(12000, "REQUEST", "The marketplace is missing."));
    }

    private ApiReply Token(ApiCallSeen call)
    {
        var proof = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{ClientSecret}"));
        var isAsked = call is { Method: "POST", Body: "grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope" }
            && call.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true;
        if (!isAsked || call.Header("Authorization") != proof)
        {
            return new ApiReply(401, """{"error":"invalid_client","error_description":"client authentication failed"}""");
        }

        var token = $"v^1.1#i^1#p^1#r^0#{Api.Calls.Count}";
        _tokens.Add($"Bearer {token}");
        return ApiReply.Ok(TokenReply ?? JsonSerializer.Serialize(new { access_token = token, expires_in = 7200, token_type = "Application Access Token" }));
    }

    protected override ApiReply Answer(ApiCallSeen call) =>
        BrokenReply ?? call.Path switch
        {
            "/buy/browse/v1/item_summary/search" => Search(call),
            "/buy/browse/v1/item/get_item_by_legacy_id" => ByLegacyId(call.Query["legacy_item_id"]),
            "/buy/browse/v1/item/get_items_by_item_group" => Group(call.Query["item_group_id"]),
            "/buy/browse/v1/item/v1%7C110000000404%7C0" => new ApiReply(404, Error(11001, "REQUEST", "The specified item Id was not found.")),
            _ when call.Path.StartsWith("/buy/browse/v1/item/v1%7C", StringComparison.Ordinal) => ById(call.Path.Split("%7C")),
            _ => new ApiReply(404, Error(11001, "REQUEST", "The specified item Id was not found.")),
        };

    private static ApiReply ById(string[] parts) => ApiReply.Ok(Item(parts[1], parts[2]));

    private static ApiReply ByLegacyId(string id) =>
        id switch
        {
            "110000000404" => new ApiReply(404, Error(11003, "REQUEST", "The specified legacy item Id was not found.")),
            "110000000900" => new ApiReply(400, Error(11006, "REQUEST", $"The legacy Id is invalid. Use https://api.ebay.com/buy/browse/v1/item/get_items_by_item_group?item_group_id={id} to get the item group details.")),
            "110000000500" => new ApiReply(500, Error(11000, "APPLICATION", "Internal error.")),
            _ => ApiReply.Ok(Item(id)),
        };

    private static ApiReply Group(string id) =>
        ApiReply.Ok($$"""{"items":[{{Item(id, "410000000001")}},{{Item(id, "410000000002")}}],"commonDescriptions":[{"description":"Two litres.","itemIds":["v1|{{id}}|410000000001","v1|{{id}}|410000000002"]}]}""");

    /// <summary>The offset has to be a multiple of the limit, and results end at 10 000.</summary>
    private ApiReply Search(ApiCallSeen call)
    {
        var (limit, offset) = (Number(call.Query["limit"]), Number(call.Query["offset"]));
        if (limit is < 1 or > 200 || offset % limit != 0 || offset >= 10_000)
        {
            return new ApiReply(400, Error(12029, "REQUEST", "The offset is not valid."));
        }

        var count = Math.Clamp(ResultCount - offset, 0, limit);
        var next = offset + limit < ResultCount ? $"\"next\":\"https://api.ebay.com{call.Path}?q=x&limit={limit}&offset={offset + limit}\"," : "";
        var group = AreResultsGroups ? ",\"itemGroupHref\":\"https://api.ebay.com/x\",\"itemGroupType\":\"SELLER_DEFINED_VARIATIONS\"" : "";
        var items = Enumerable.Range(offset, count).Select(index => Item((110_000_000_000 + index).ToString(CultureInfo.InvariantCulture), members: group));
        var list = count == 0 ? "" : $",\"itemSummaries\":[{string.Join(',', items)}]";
        return ApiReply.Ok($$"""{"href":"x","total":{{ResultCount}},{{next}}"limit":{{limit}},"offset":{{offset}}{{list}}}""");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
