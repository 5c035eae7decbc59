using System.Text;
using System.Text.RegularExpressions;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;

namespace Marketline.Tests.Activities;

/// <summary>A platform whose plan names its pages, and whose pages lead wherever they have a link to.</summary>
internal sealed partial class LinkedPagesConnector : IPlatformConnector
{
    public string Platform => "linked-pages";

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products };

    public async IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(
        SitePlan site,
        CrawlKind kind,
        IPageFetcher fetcher,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        foreach (var item in site.Items)
        {
            yield return new CrawlTarget(new Uri(site.BaseUrl, item).AbsoluteUri);
        }
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind) => ExtractionResult.Skipped("not-a-product");

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind) =>
        Link().Matches(Encoding.UTF8.GetString(page.Body.Span)).Select(link => new CrawlTarget(new Uri(new Uri(page.Url), link.Groups[1].Value).AbsoluteUri));

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
