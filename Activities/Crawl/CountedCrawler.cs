using Marketline.Activities.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Activities.Crawl;

/// <summary>Crawls no more pages than the tenant still has for the day: each is taken from its quota before it is fetched.</summary>
public sealed class CountedCrawler(BatchCrawler crawler, PageQuota quota)
{
    private const int MaxFollowUpPortion = 200;

    public async Task<CountedCrawl> CrawlAsync(
        TenantId tenantId,
        BatchCrawlRequest request,
        Func<FetchedPage, CancellationToken, ValueTask> sink,
        CancellationToken cancellationToken
    )
    {
        var pageCount = 0;
        BatchCrawlResult? last = null;
        while (true)
        {
            // Pages may lead to more of them: as many again as there were, so that few portions do and little is taken in vain.
            var wanted = Math.Max(1, Math.Max(request.Frontier.Remaining.Count, Math.Min(pageCount, MaxFollowUpPortion)));
            var portion = await quota.TakeAsync(tenantId, wanted, cancellationToken);
            if (portion.Count == 0)
            {
                return new CountedCrawl(last, pageCount, IsUsedUp: true);
            }

            last = await crawler.CrawlAsync(request with { MaxPageCount = portion.Count }, sink, cancellationToken);
            pageCount += last.PageCount;
            await quota.SettleAsync(portion, last.PageCount, cancellationToken);
            if (last.End != BatchCrawlEnd.Budget || portion.IsCutShort)
            {
                return new CountedCrawl(last, pageCount, IsUsedUp: last.End == BatchCrawlEnd.Budget);
            }

            request = request with { Frontier = last.Frontier, Throttle = last.Throttle };
        }
    }
}
