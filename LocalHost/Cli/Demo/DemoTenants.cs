using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>Who works on the demo marketplace: a brand, an agency and an observatory, each with plans of its own.</summary>
internal static class DemoTenants
{
    private const string Generic = "generic-shop";
    private const string Shopify = "shopify";

    /// <param name="shop">The address of a shop by its name.</param>
    /// <param name="schedule">When the plans run by themselves; null: only on demand.</param>
    public static IReadOnlyList<DemoTenant> Create(Func<string, Uri> shop, string? schedule)
    {
        DemoPlan Plan(string id, string platform, CrawlKind kind, params string[] shops) =>
            new(id, new PlanBody(platform, kind, [.. shops.Select(name => new PlanSite(shop(name)))], schedule));

        return
        [
            new DemoTenant(
                "demobrand",
                "Demo brand",
                [
                    Plan("products", Generic, CrawlKind.Products, "alder", "birch", "cedar"),
                    Plan("reviews", Generic, CrawlKind.Reviews, "alder"),
                ]
            ),
            new DemoTenant(
                "demoagency",
                "Demo agency",
                [
                    Plan("shopify", Shopify, CrawlKind.Products, "elm"),
                    Plan("shopifyreviews", Shopify, CrawlKind.Reviews, "elm"),
                    Plan("prices", Generic, CrawlKind.Prices, "dune", "fjord"),
                ]
            ),
            new DemoTenant(
                "demoobservatory",
                "Demo price observatory",
                [Plan("faulty", Generic, CrawlKind.Products, "grove")]
            ),
        ];
    }
}
