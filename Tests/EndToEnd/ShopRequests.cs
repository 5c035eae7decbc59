using System.Text.Json;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.EndToEnd;

/// <summary>What a shop of the demo marketplace was asked for, as its own log has it.</summary>
/// <param name="Urls">How often each path was asked for.</param>
internal sealed record ShopRequests(int Total, int MaxConcurrency, IReadOnlyDictionary<string, int> Urls)
{
    private static readonly string[] Files = ["/robots.txt", "/sitemap"];

    /// <summary>The pages among them, without what leads to them.</summary>
    public Dictionary<string, int> Pages =>
        Urls.Where(url => !Files.Any(file => url.Key.StartsWith(file, StringComparison.Ordinal))).ToDictionary();

    public static async Task<ShopRequests> ReadAsync(DemoMarketplaceServer marketplace, string shop)
    {
        using var http = new HttpClient();
        await using var answer = await http.GetStreamAsync(new Uri(marketplace.IndexUrl, "/_control/requests"));
        using var document = await JsonDocument.ParseAsync(answer);
        var log = document.RootElement.GetProperty(shop);
        return new ShopRequests(
            log.GetProperty("total").GetInt32(),
            log.GetProperty("maxConcurrency").GetInt32(),
            log.GetProperty("urls").EnumerateObject().ToDictionary(url => url.Name, url => url.Value.GetInt32())
        );
    }

    public static async Task MoveToDayAsync(DemoMarketplaceServer marketplace, int day)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(marketplace.IndexUrl, $"/_control/day/{day}"), null);
        answer.EnsureSuccessStatusCode();
    }
}
