using Marketline.Core.Crawl;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>A folder as the shop at <see cref="Root"/>; with a failure, a shop where every request ends in it.</summary>
internal sealed class ScriptedSite(string folder, string? failure = null) : IPageFetcher
{
    public const string FailureDetail = "So it was scripted.";

    public static Uri Root { get; } = new("https://shop.example/");

    public List<string> Requests { get; } = [];

    /// <summary>The targets of a plan that is to be planned without a request.</summary>
    public static async Task<List<CrawlTarget>> PlanAsync(IPlatformConnector connector, SitePlan plan, CrawlKind kind)
    {
        var targets = new List<CrawlTarget>();
        await foreach (var target in connector.PlanTargetsAsync(plan, kind, new ScriptedSite("nowhere", FetchReasons.DnsFailed), CancellationToken.None))
        {
            targets.Add(target);
        }

        return targets;
    }

    public Task<FetchedPage> FetchAsync(CrawlTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(target.Url);
        var path = Path.Combine(folder, new Uri(target.Url).AbsolutePath.TrimStart('/'));
        var file = Directory.Exists(path) ? Path.Combine(path, "index.json") : path;
        var reason = failure ?? (File.Exists(file) ? null : FetchReasons.NotFound);
        return Task.FromResult(
            new FetchedPage
            {
                Url = target.Url,
                FinalUrl = target.Url,
                FetchedUtc = ConnectorPage.Seen,
                StatusCode = reason is null ? 200 : 0,
                Body = reason is null ? File.ReadAllBytes(file) : default,
                FailureReason = reason,
                FailureDetail = reason is null ? null : FailureDetail,
            }
        );
    }
}
