using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketline.Platforms.Crawl;
using Marketline.Tests.Platforms.Api;

namespace Marketline.Tests.Platforms.Walmart;

/// <summary>
/// Speaks the Marketplace API as https://developer.walmart.com/us-marketplace/docs/get-an-access-token, …/get-all-items, …/get-an-item,
/// …/item-search-for-the-walmart-catalog, …/throttling and …/error-codes describe it, and refuses whoever does not keep to that.
/// </summary>
internal sealed class WalmartMarketplaceServer : PlatformServer
{
    public const string ClientId = "3c729116-7290-4cc1-a1b2-5f6d3f1d2c88";
    public const string ClientSecret = "ALt6k9x-5B_hearth:Secret";

    private const string CursorText = "AoE/GjFTSEc=+1";

    private readonly Dictionary<string, DateTimeOffset> _tokens = [];
    private readonly TimeProvider _time;
    private DateTimeOffset _cursorUtc;

    private WalmartMarketplaceServer(TimeProvider time) => _time = time;

    /// <summary>Of the seller.</summary>
    public int ItemCount { get; set; } = 3;

    public TimeSpan CursorLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Calls that are still allowed; the bucket fills up at <see cref="FullUtc"/>.</summary>
    public int CallsLeft { get; set; } = int.MaxValue;

    public DateTimeOffset FullUtc { get; set; }

    /// <summary>How the time is written, and in which header.</summary>
    public Func<DateTimeOffset, string> TimeText { get; set; } = time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public string TimeHeader { get; set; } = "x-next-replenish-time";

    public IReadOnlyCollection<string> IssuedTokens => _tokens.Keys;

    public static Task<WalmartMarketplaceServer> StartAsync(TimeProvider time) => StartAsync(new WalmartMarketplaceServer(time));

    public ApiCrawl Crawl(string secret = ClientSecret, Action<CrawlOptions>? change = null) =>
        new("walmart", new Uri(Api.Root, "/v3/"), new Dictionary<string, string> { ["clientId"] = ClientId, ["clientSecret"] = secret }, _time, change);

    public static ApiReply Error(int status, string code) =>
        new(status, $$"""{"errors":[{"code":"{{code}}","message":"Some <b>words</b> of theirs","category":"DATA","severity":"ERROR","field":"sku"}]}""");

    public void ForgetTokens() => _tokens.Clear();

    protected override ApiReply? Refuse(ApiCallSeen call)
    {
        if (call.Header("WM_SVC.NAME") != "Walmart Marketplace" || !Guid.TryParse(call.Header("WM_QOS.CORRELATION_ID"), out _) || call.Header("Accept") != "application/json")
        {
            return Error(400, "INVALID_REQUEST_HEADER");
        }

        if (call.Path == "/v3/token")
        {
            return Token(call);
        }

        if (!_tokens.TryGetValue(call.Header("WM_SEC.ACCESS_TOKEN") ?? "", out var expires) || expires <= _time.GetUtcNow())
        {
            return new ApiReply(401, """{"error":[{"code":"UNAUTHORIZED.GMP_GATEWAY_API","field":"UNAUTHORIZED","description":"Unauthorized","info":"Unauthorized","severity":"ERROR","category":"DATA"}]}""");
        }

        return CallsLeft-- > 0 ? null : Rated(Error(429, "REQUEST_THRESHOLD_VIOLATED"));
    }

    protected override ApiReply Answer(ApiCallSeen call) =>
        Rated(
            call.Path switch
            {
                _ when call.Method != "GET" => Error(405, "METHOD_NOT_ALLOWED"),
                "/v3/items" => Items(call),
                "/v3/items/walmart/search" => Search(call.Query["query"]),
                _ when call.Path.StartsWith("/v3/items/", StringComparison.Ordinal) => One(Uri.UnescapeDataString(call.Path["/v3/items/".Length..]), call.Query["productIdType"]),
                _ => Error(404, "URI_NOT_FOUND"),
            }
        );

    private ApiReply Token(ApiCallSeen call)
    {
        var proof = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{ClientSecret}"));
        var isAsked = call is { Method: "POST", Body: "grant_type=client_credentials" } && call.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true;
        if (!isAsked || call.Header("Authorization") != proof)
        {
            return new ApiReply(401, """{"error":[{"code":"INVALID_TOKEN.GMP_GATEWAY_API","description":"Client authentication failed"}]}""");
        }

        var token = $"eyJraWQiOiIz.{Api.Calls.Count}";
        _tokens[token] = _time.GetUtcNow().AddSeconds(900);
        return ApiReply.Ok(JsonSerializer.Serialize(new { access_token = token, token_type = "Bearer", expires_in = 900 }));
    }

    /// <summary>Every answer tells what is left in the bucket.</summary>
    private ApiReply Rated(ApiReply reply) =>
        reply with
        {
            Headers = new Dictionary<string, string>
            {
                ["Date"] = _time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture),
                ["x-current-token-count"] = Math.Max(CallsLeft, 0).ToString(CultureInfo.InvariantCulture),
                [TimeHeader] = TimeText(FullUtc),
            },
        };

    /// <summary>The cursor is the same on all pages, the offset says which one it is.</summary>
    private ApiReply Items(ApiCallSeen call)
    {
        var (cursor, limit) = (call.Query["nextCursor"], int.Parse(call.Query["limit"], CultureInfo.InvariantCulture));
        _cursorUtc = cursor == "*" ? _time.GetUtcNow() : _cursorUtc;
        if (cursor is not ("*" or CursorText) || _time.GetUtcNow() - _cursorUtc >= CursorLifetime)
        {
            return Error(400, "INVALID_REQUEST_PARAM");
        }

        var offset = call.Query.TryGetValue("offset", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var items = Enumerable.Range(offset, Math.Clamp(ItemCount - offset, 0, limit)).Select(number => Item($"HK-{number}"));
        return ItemCount == 0 ? Error(404, "CONTENT_NOT_FOUND") : ApiReply.Ok($$"""{"ItemResponse":[{{string.Join(',', items)}}],"totalItems":{{ItemCount}},"nextCursor":"{{CursorText}}"}""");
    }

    private static ApiReply One(string id, string type) =>
        (type, id) switch
        {
            ("SKU", _) => ApiReply.Ok($$"""{"ItemResponse":[{{Item(id)}}],"totalItems":1}"""),
            ("ITEM_ID", "404") => Error(404, "CONTENT_NOT_FOUND"),
            ("ITEM_ID", _) => ApiReply.Ok($$"""{"ItemResponse":[{{Item($"of-{id}")}}],"totalItems":1}"""),
            _ => Error(400, "INVALID_REQUEST_PARAM"),
        };

    private static string Item(string sku) =>
        $$"""{"mart":"WALMART_US","sku":{{JsonSerializer.Serialize(sku)}},"condition":"New","wpid":"0RE1TWYTKBKH","upc":"036000291452","gtin":"00036000291452","productName":"Kettle","shelf":"[\"Home Page\",\"Kettles\"]","productType":"Kettles","price":{"currency":"USD","amount":59.99},"publishedStatus":"PUBLISHED","lifecycleStatus":"ACTIVE"}""";

    private static ApiReply Search(string words) =>
        ApiReply.Ok(
            $$"""
            {"items":[{"itemId":"19674841","isMarketPlaceItem":true,"images":[{"url":"https://i5.walmartimages.com/a.jpeg"}],"customerRating":"4.5","price":{"amount":"45.10","currency":"USD"},
            "title":{{JsonSerializer.Serialize(words)}},"brand":"Hearth","productType":"Kettles","properties":{"numReviews":"12","categories":["Home Page","Kettles"]} }] }
            """
        );
}
