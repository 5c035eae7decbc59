using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketline.Platforms.Crawl;
using Marketline.Tests.Platforms.Api;

namespace Marketline.Tests.Platforms.AliExpress;

/// <summary>
/// Speaks the Open Platform's gateway <c>/sync</c> and its affiliate interfaces as
/// https://developer.alibaba.com/docs/doc.htm?articleId=120691 and https://openservice.aliexpress.com/doc/api.htm describe them, errors
/// with status 200 included, and refuses whoever does not sign.
/// </summary>
internal sealed class AliExpressServer : PlatformServer
{
    public const string AppKey = "516723";
    public const string AccessToken = "50000101724jHearthToken";
    public const string AppSecret = "s3cretOfTheseTests0123456789";

    private static readonly TimeSpan AllowedClockError = TimeSpan.FromSeconds(7_200);

    private readonly TimeProvider _time;

    private AliExpressServer(TimeProvider time) => _time = time;

    /// <summary>Of any search.</summary>
    public int ResultCount { get; set; } = 3;

    public bool TellsPages { get; set; } = true;

    /// <summary>What the server's clock is ahead by.</summary>
    public TimeSpan ClockError { get; set; }

    public static Task<AliExpressServer> StartAsync(TimeProvider time) => StartAsync(new AliExpressServer(time));

    /// <summary>As a dropshipper.</summary>
    public ApiCrawl Dropship(string token = AccessToken) =>
        new("aliexpress", new Uri(Api.Root, "/sync?method=aliexpress.ds.product.get"), new Dictionary<string, string> { ["appKey"] = AppKey, ["appSecret"] = AppSecret, ["accessToken"] = token }, _time);

    public ApiCrawl Crawl(string secret = AppSecret, string key = AppKey, Action<CrawlOptions>? change = null) =>
        new("aliexpress", Api.Root, new Dictionary<string, string> { ["appKey"] = key, ["appSecret"] = secret }, _time, change);

    public static ApiReply Error(string code, string message) => ApiReply.Ok($$"""{"error_response":{"type":"ISV","code":"{{code}}","msg":"{{message}}","request_id":"2101d05f17144750947504007"} }""");

    protected override ApiReply Answer(ApiCallSeen call) =>
        call.Query.GetValueOrDefault("method") switch
        {
            "aliexpress.affiliate.productdetail.get" => Details(call),
            "aliexpress.affiliate.product.query" => Query(call),
            "aliexpress.ds.product.get" when call.Query.GetValueOrDefault("access_token") != AccessToken => Error("IllegalAccessToken", "The specified access token is invalid or expired"),
            "aliexpress.ds.product.get" => Product(call),
            _ => Error("InvalidApiPath", "The specified API is not found"),
        };

    protected override ApiReply? Refuse(ApiCallSeen call)
    {
        if (call.Path != "/sync" || call.Query.GetValueOrDefault("app_key") != AppKey)
        {
            return Error("InvalidAppKey", "The specified App Key is invalid");
        }

        if (call.Query.GetValueOrDefault("sign_method") != "sha256" || !long.TryParse(call.Query.GetValueOrDefault("timestamp"), CultureInfo.InvariantCulture, out var timestamp))
        {
            return Error("MissingParameter", "The input parameter timestamp that is mandatory for processing this request is not supplied");
        }

        if ((_time.GetUtcNow() + ClockError - DateTimeOffset.FromUnixTimeMilliseconds(timestamp)).Duration() > AllowedClockError)
        {
            return Error("IllegalTimestamp", "The specified timestamp has expired");
        }

        var text = string.Concat(call.Query.Where(pair => pair.Key != "sign").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(AppSecret));
        var isGood = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes(text))) == call.Query.GetValueOrDefault("sign");
        return isGood ? null : Error("IncompleteSignature", "The request signature does not conform to platform standards");
    }

    private static ApiReply Details(ApiCallSeen call)
    {
        var ids = call.Query["product_ids"].Split(',');
        return Result("productdetail_get", $$"""
            "current_record_count":{{ids.Length}},"products":{"product":[{{Products(ids, call)}}]}
            """);
    }

    /// <summary>Numbers that begin with 9 are not known.</summary>
    private static ApiReply Product(ApiCallSeen call)
    {
        var (id, currency) = (call.Query["product_id"], call.Query["target_currency"]);
        if (id[0] == '9')
        {
            return ApiReply.Ok("""{"aliexpress_ds_product_get_response":{"rsp_code":"605","rsp_msg":"ITEM_ID_NOT_FOUND","request_id":"1"}}""");
        }

        string Sku(int number, string price, int stock, string name) =>
            $$"""{"sku_id":"1200004804315583{{number}}","sku_attr":"14:{{number}}","offer_sale_price":"{{price}}","sku_price":"91.04","currency_code":"{{currency}}","sku_available_stock":{{stock}},"ae_sku_property_dtos":{"ae_sku_property_d_t_o":[{"sku_property_name":"Color","sku_property_value":"x","property_value_definition_name":"{{name}}"}]} }""";
        return ApiReply.Ok(
            $$"""
            {"aliexpress_ds_product_get_response":{"result":{"ae_item_base_info_dto":{"product_id":{{id}},"subject":"Kettle {{id}}","product_status_type":"onSelling","avg_evaluation_rating":"4.8","evaluation_count":"92"},
            "ae_item_sku_info_dtos":{"ae_item_sku_info_d_t_o":[{{Sku(1, "42.79", 67, "Beige")}},{{Sku(2, "39.50", 0, "Black")}}]},"ae_store_info":{"store_id":1103573036,"store_name":"Elm Store"} },"rsp_code":"200","rsp_msg":"Call succeeds"} }
            """
        );
    }

    private ApiReply Query(ApiCallSeen call)
    {
        var (page, size) = (int.Parse(call.Query["page_no"], CultureInfo.InvariantCulture), int.Parse(call.Query["page_size"], CultureInfo.InvariantCulture));
        var count = Math.Max(0, Math.Min(size, ResultCount - ((page - 1) * size)));
        if (count == 0)
        {
            return ApiReply.Ok("""{"aliexpress_affiliate_product_query_response":{"resp_result":{"resp_code":405,"resp_msg":"The result is empty"},"request_id":"1"}}""");
        }

        var ids = Enumerable.Range(((page - 1) * size) + 1, count).Select(number => $"10050064386{number:D5}");
        var pages = TellsPages ? $"\"total_page_no\":{(ResultCount + size - 1) / size}," : "";
        return Result("product_query", $$"""
            "current_page_no":{{page}},{{pages}}"total_record_count":{{ResultCount}},"products":{"product":[{{Products(ids, call)}}]}
            """);
    }

    private static string Products(IEnumerable<string> ids, ApiCallSeen call) =>
        string.Join(',', ids.Select(id => $$"""{"product_id":{{id}},"product_title":"Kettle {{id}}","target_sale_price":"5.31","target_sale_price_currency":"{{call.Query["target_currency"]}}","target_original_price":"7.37","target_original_price_currency":"{{call.Query["target_currency"]}}"}"""));

    private static ApiReply Result(string name, string members) => ApiReply.Ok($$"""{"aliexpress_affiliate_{{name}}_response":{"resp_result":{"result":{ {{members}} },"resp_code":200,"resp_msg":"Call succeeds"},"request_id":"1"} }""");
}
