using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Api;

/// <summary>A connector at work on an API: planned and crawled as a run does it, with secrets from the settings.</summary>
internal sealed class ApiCrawl : IDisposable
{
    public static readonly TenantId Tenant = TenantId.Parse("acme");

    private readonly CrawlFixture _crawl;
    private readonly IPlatformConnector _connector;

    public ApiCrawl(string platform, Uri endpoint, IReadOnlyDictionary<string, string> secrets, TimeProvider? time = null, Action<CrawlOptions>? change = null)
    {
        _connector = RegisteredConnectors.All.Get(platform);
        var settings = secrets.Append(KeyValuePair.Create("endpoint", endpoint.AbsoluteUri)).ToDictionary(pair => $"PlatformSecrets:Shared:{platform}:{pair.Key}", pair => (string?)pair.Value);
        _crawl = new CrawlFixture(
            options =>
            {
                options.MaxAttempts = 2;
                change?.Invoke(options);
            },
            time: time,
            settings: settings
        );
        Session = _crawl.Apis.Find(Tenant, _connector, CrawlKind.Products)!;
    }

    public ApiSession Session { get; }

    /// <summary>All that a run writes down of the targets: for a test to look for secrets in.</summary>
    public static string Written(IEnumerable<CrawlTarget> targets) => JsonSerializer.Serialize(targets, JsonFormat.Options);

    public static string Written(IEnumerable<FetchedPage> pages) =>
        string.Join('\n', pages.Select(page => $"{page.Url} {page.FinalUrl} {page.ContentType} {page.FailureReason} {page.FailureDetail} {System.Text.Encoding.UTF8.GetString(page.Body.Span)}"));

    public Task<List<CrawlTarget>> PlanAsync(string site, CrawlKind kind, string[]? items = null, string[]? searches = null) =>
        _crawl.PlanAsync(_connector, new SitePlan(new Uri(site)) { Items = items ?? [], Searches = searches ?? [], Api = Session.Endpoint }, kind, Session);

    /// <summary>The targets and all that they lead to.</summary>
    public Task<List<FetchedPage>> CrawlAsync(IEnumerable<CrawlTarget> targets, CrawlKind kind) => _crawl.CrawlAsync(_connector, targets, kind, Session);

    /// <summary>The same for all that is planned.</summary>
    public async Task<List<FetchedPage>> CrawlAsync(string site, CrawlKind kind, string[]? items = null, string[]? searches = null) =>
        await CrawlAsync(await PlanAsync(site, kind, items, searches), kind);

    public async Task<(FetchedPage Page, SiteThrottleState Throttle)> FetchAsync(CrawlTarget target)
    {
        using var fetcher = _crawl.Fetchers.Create(throttle: null, api: Session);
        var page = await fetcher.FetchAsync(target, CancellationToken.None);
        return (page, fetcher.ThrottleState);
    }

    public void Dispose() => _crawl.Dispose();
}
