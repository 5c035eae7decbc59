using Marketline.Analytics;
using Marketline.Analytics.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.GenericShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Benchmarks;

/// <summary>What a worker does with a batch, without its storage: crawl into a WARC archive; read that, extract, clean, write Parquet.</summary>
internal sealed class BatchPath(Uri site, DirectoryInfo folder) : IAsyncDisposable
{
    private readonly ServiceProvider _services = Services();

    /// <returns>What was fetched, without bodies, and the offers.</returns>
    public async Task<(List<FetchedPage> Pages, List<Offer> Offers)> RunAsync(string name, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.FullName, name);
        await using (var file = File.Create($"{path}.warc.gz"))
        {
            using var archive = new WarcWriter(file);
            var targets = paths.Select(target => new CrawlTarget(new Uri(site, target).AbsoluteUri));
            var request = new BatchCrawlRequest { Frontier = CrawlFrontier.Start(targets), DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(3) };
            await _services.GetRequiredService<BatchCrawler>().CrawlAsync(request, archive.WriteAsync, cancellationToken);
        }

        var connector = _services.GetRequiredService<PlatformConnectors>().Get(GenericShopConnector.PlatformName);
        var (pages, offers) = (new List<FetchedPage>(), new List<Offer>());
        await using (var file = File.OpenRead($"{path}.warc.gz"))
        {
            await foreach (var page in new WarcReader(file).ReadPagesAsync(cancellationToken))
            {
                using var turn = await _services.GetRequiredService<LargePages>().EnterAsync(page, cancellationToken);
                var context = new CleanContext(connector.Platform, site.Authority, CrawlKind.Products, page.FetchedUtc);
                var found = page.FailureReason is null ? connector.Extract(page, CrawlKind.Products).Objects : [];
                offers.AddRange(found.Select(item => OfferCleaner.Clean(item, context).Record).OfType<Offer>());
                pages.Add(page with { Body = default });
            }
        }

        await _services.GetRequiredService<CleanBatchWriter>().WriteOffersAsync(offers, $"{path}.parquet", cancellationToken);
        return (pages, offers);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider Services()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Crawl:AllowedPrivateAddresses:0"] = "127.0.0.0/8",
            ["Crawl:StartDelay"] = "00:00:00",
            ["Crawl:DelayFloor"] = "00:00:00",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddPlatforms(configuration).AddAnalytics(configuration).BuildServiceProvider();
    }
}
