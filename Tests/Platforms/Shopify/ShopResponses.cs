using System.Text;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Shopify;

/// <summary>A Shopify shop of which a test says what single paths answer; all others are not found.</summary>
internal sealed class ShopResponses : IPageFetcher
{
    public const string PasswordPage = "<!doctype html><html><head><title>Opening soon</title></head><body><form action=\"/password\"><input type=\"password\"></form></body></html>";

    private readonly Dictionary<string, (string Body, string? Failure)> _answers = [];

    public static Uri Root { get; } = new("https://shop.example/");

    public List<string> Requests { get; } = [];

    public ShopResponses Answer(string path, string body)
    {
        _answers[path] = (body, null);
        return this;
    }

    public ShopResponses Fail(string path, string reason)
    {
        _answers[path] = ("", reason);
        return this;
    }

    public Task<FetchedPage> FetchAsync(CrawlTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = new Uri(target.Url).PathAndQuery;
        Requests.Add(path);
        var (body, failure) = _answers.GetValueOrDefault(path, ("", FetchReasons.NotFound));
        return Task.FromResult(Page(target.Url, body) with { FailureReason = failure, FailureDetail = failure });
    }

    public static FetchedPage Page(string url, string body) => Page(url, Encoding.UTF8.GetBytes(body));

    public static FetchedPage Page(string url, byte[] body) =>
        new() { Url = url, FinalUrl = url, FetchedUtc = DateTimeOffset.UnixEpoch, StatusCode = 200, ContentType = "application/json; charset=utf-8", Body = body };

    /// <summary>A page of products.json with these products.</summary>
    public static FetchedPage Listing(string query, params string[] products) =>
        Page($"https://shop.example/products.json{query}", $"{{\"products\":[{string.Join(',', products)}]}}");

    public static string Product(int id, string variants = "", string members = "") =>
        $"{{\"id\":{id},\"title\":{JsonSerializer.Serialize($"Mug {id}")},\"handle\":\"mug-{id}\",\"variants\":[{(variants.Length == 0 ? Variant(id) : variants)}]{members}}}";

    public static string Variant(int id, string members = "") => $"{{\"id\":{id},\"title\":\"Default Title\",\"price\":\"12.00\",\"available\":true{members}}}";
}
