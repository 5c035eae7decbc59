using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Marketline.Platforms.GenericShop;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.GenericShop;

/// <summary>Prices that are missing, zero or words end as the demo marketplace's ground truth says.</summary>
[CancelAfter(120_000)]
internal sealed class DemoPricesTests
{
    private static readonly string[] PriceFaults = ["NoPrice", "PriceOnRequest", "ZeroPrice"];

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task Clean_PriceFaults_EndAsTheGroundTruthSays(CrawlKind kind)
    {
        await using var marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { Shops = ["grove"], FaultPercent = 90 }, CancellationToken.None);
        using var crawl = new CrawlFixture();
        var lines = marketplace.GroundTruth("grove", 0).Where(line => PriceFaults.Contains(line.Fault)).ToList();

        var found = new List<string>();
        foreach (var line in lines)
        {
            found.Add($"{line.Fault} {Outcome(await crawl.FetchAsync(line.Url), kind)}");
        }

        Assert.That(lines.Select(line => line.Fault).Distinct(), Is.EquivalentTo(PriceFaults));
        Assert.That(found, Is.EqualTo(lines.Select(line => $"{line.Fault} {Text(kind == CrawlKind.Prices ? line.Expected.Prices : line.Expected.Products)}")));
    }

    private static string Outcome(FetchedPage page, CrawlKind kind)
    {
        var extraction = RegisteredConnectors.All.Get(GenericShopConnector.PlatformName).Extract(page, kind);
        var (record, violations) = PageOutcome.Clean(GenericShopConnector.PlatformName, kind, extraction.Objects.Single());
        return record is Offer ? "delivered" : $"quarantined {violations[0].Rule}";
    }

    private static string Text(ExpectedOutcome expected) => $"{expected.State} {expected.Reason}".Trim();
}
