using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketline.Platforms.Crawl;
using Marketline.Tests.Platforms.Api;

namespace Marketline.Tests.Platforms.Walmart;

/// <summary>
/// Speaks the affiliate API v2 as https://walmart.io/docs/affiliates/v1/introduction and the pages beside it describe it, and refuses
/// whoever does not sign as its onboarding guide says.
/// </summary>
internal sealed class WalmartServer : PlatformServer
{
    private const string Root = "/api-proxy/service/affil/product/v2/";

    private static readonly TimeSpan SignatureLifetime = TimeSpan.FromSeconds(180);

    private readonly TimeProvider _time;
    private readonly RSA _key = WalmartKeys.Public();

    private WalmartServer(TimeProvider time) => _time = time;

    /// <summary>Of any search.</summary>
    public int ResultCount { get; set; } = 3;

    /// <summary>In the catalogue.</summary>
    public int CatalogueCount { get; set; } = 3;

    public int CataloguePageSize { get; set; } = 100;

    public int ReviewPages { get; set; } = 1;

    /// <summary>What the server's clock is ahead by.</summary>
    public TimeSpan ClockError { get; set; }

    public static Task<WalmartServer> StartAsync(TimeProvider time) => StartAsync(new WalmartServer(time));

    public ApiCrawl Crawl(string? privateKey = null, string keyVersion = "1", Action<CrawlOptions>? change = null) =>
        new("walmart", Api.Root, new Dictionary<string, string> { ["consumerId"] = WalmartKeys.ConsumerId, ["privateKey"] = privateKey ?? WalmartKeys.Pem, ["keyVersion"] = keyVersion }, _time, change);

    public static ApiReply Error(int status, int code, string message) => new(status, $$"""{"errors":[{"code":{{code}},"message":"{{message}}"}]}""");

    public static string Item(long id) =>
        $$"""{"itemId":{{id}},"name":"Kettle {{id}}","msrp":49.94,"salePrice":39.93,"brandName":"Hearth","marketplace":false,"stock":"Available","availableOnline":true,"numReviews":{{id % 2}}}""";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _key.Dispose();
    }

    protected override ApiReply Answer(ApiCallSeen call) =>
        call.Path switch
        {
            Root + "items" => Lookup(call.Query["ids"].Split(',')),
            Root + "search" => Search(call),
            Root + "paginated/items" => Catalogue(call),
            var path when path.StartsWith(Root + "reviews/", StringComparison.Ordinal) => Reviews(call, path[(Root + "reviews/").Length..]),
            _ => new ApiReply(404, ""),
        };

    protected override ApiReply? Refuse(ApiCallSeen call)
    {
        var (consumer, timestamp, version) = (call.Header("WM_CONSUMER.ID"), call.Header("WM_CONSUMER.INTIMESTAMP"), call.Header("WM_SEC.KEY_VERSION"));
        if (consumer is null || timestamp is null || version is null || call.Header("WM_SEC.AUTH_SIGNATURE") is not { } signature)
        {
            return Details(403, "Request is missing required security headers, please read documentation for security headers.");
        }

        var made = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        if ((_time.GetUtcNow() + ClockError - made).Duration() > SignatureLifetime)
        {
            return Details(401, $"The Timestamp {timestamp} passed for the signature has expired");
        }

        var text = Encoding.UTF8.GetBytes(consumer + "\n" + timestamp + "\n" + version + "\n");
        var isGood = version == "1" && _key.VerifyData(text, Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return isGood ? null : Details(401, "Could not authenticate in-request, auth signature : Signature verification failed: affil-product, version: 2.0.0, env: prod");
    }

    private static ApiReply Details(int status, string words) => new(status, $$"""{"details":{"Description":"{{words}}","wm_svc.version":"2.0.0","wm_svc.name":"affil-product","wm_svc.env":"prod"} }""");

    /// <summary>Numbers that begin with 9 are not known.</summary>
    private static ApiReply Lookup(string[] ids)
    {
        if (ids.Length > 20)
        {
            return Error(400, 4023, "Number of items requested exceeds the limit");
        }

        var known = ids.Where(id => id[0] != '9').Select(id => Item(long.Parse(id, CultureInfo.InvariantCulture))).ToList();
        return known.Count == 0 ? Error(400, 4002, "Invalid itemId") : ApiReply.Ok($$"""{"items":[{{string.Join(',', known)}}]}""");
    }

    private ApiReply Search(ApiCallSeen call)
    {
        var (start, size) = (int.Parse(call.Query["start"], CultureInfo.InvariantCulture), int.Parse(call.Query["numItems"], CultureInfo.InvariantCulture));
        if (start > 1_000 || size > 25)
        {
            return Error(400, 4018, "Invalid start or numItems");
        }

        var items = Enumerable.Range(start, Math.Max(0, Math.Min(size, ResultCount - start + 1))).Select(number => Item(1_000 + number));
        return ApiReply.Ok($$"""{"query":"x","totalResults":{{ResultCount}},"start":{{start}},"numItems":{{size}},"items":[{{string.Join(',', items)}}]}""");
    }

    private ApiReply Catalogue(ApiCallSeen call)
    {
        var start = call.Query.TryGetValue("lastDoc", out var last) ? int.Parse(last, CultureInfo.InvariantCulture) : 0;
        var end = Math.Min(start + CataloguePageSize, CatalogueCount);
        var items = Enumerable.Range(start, end - start).Select(number => Item(2_000 + number));
        var next = end < CatalogueCount ? $$""","nextPageExist":true,"nextPage":"/api-proxy/service/affil/product/v2/paginated/items?count=100&lastDoc={{end}}" """ : ",\"nextPageExist\":false";
        return ApiReply.Ok($$"""{"items":[{{string.Join(',', items)}}]{{next}}}""");
    }

    private ApiReply Reviews(ApiCallSeen call, string id)
    {
        var page = call.Query.TryGetValue("page", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        var next = page < ReviewPages ? $",\"nextPage\":\"/reviews/{id}?format=json&page={page + 1}\"" : "";
        return ApiReply.Ok(
            $$"""
            {"itemId":{{id}},"name":"Kettle {{id}}","reviews":[{"overallRating":{"label":"Overall","rating":"4"},"reviewer":"Marigold T","reviewText":"Page {{page}}.","submissionTime":"2026-02-14T09:10:11","title":"Good"}]{{next}}}
            """
        );
    }
}
