using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Which sitemap files a shop has on a day, and what they list. Also the scope of the ground truth.</summary>
internal static class SitemapPlan
{
    private const int SmallPart = 100;
    private const int ScalePart = 10_000;

    public static IEnumerable<SitemapFile> Files(Site site, int day) =>
        site.Style is ElmShop elm ? Shopify(site, elm, day) : Usual(site, day);

    private static IEnumerable<SitemapFile> Usual(Site site, int day)
    {
        if (!site.IsScale)
        {
            yield return new SitemapFile("/sitemap-pages.xml", Pages(site.Style));
        }

        var size = site.IsScale ? ScalePart : SmallPart;
        for (var first = 0; first < site.Catalogue.Count(day); first += size)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/sitemap-products-{(first / size) + 1}.xml.gz");
            yield return new SitemapFile(path, ProductEntries(site, day, first, size));
        }

        if (site.Style.Profile.HasFaults)
        {
            yield return new SitemapFile("/sitemap-archive.xml.gz", null);
        }
    }

    /// <summary>Names and queries as Shopify's: the range of ids is part of the address.</summary>
    private static IEnumerable<SitemapFile> Shopify(Site site, ElmShop style, int day)
    {
        var last = site.Catalogue.Count(day) - 1;
        var from = ElmShop.ProductId(site.Catalogue.Item(0, day));
        var to = ElmShop.ProductId(site.Catalogue.Item(last, day));
        var path = string.Create(CultureInfo.InvariantCulture, $"/sitemap_products_1.xml?from={from}&to={to}");
        yield return new SitemapFile(
            path,
            ProductEntries(site, day, 0, last + 1).Where(entry => IsLive(entry, site, day))
        );
        yield return new SitemapFile(
            "/sitemap_pages_1.xml",
            [new SitemapEntry(ShopPages.AboutPath), new SitemapEntry(ShopPages.ShippingPath)]
        );
        yield return new SitemapFile(
            "/sitemap_collections_1.xml",
            style.Profile.Rules.Vocabulary.Categories.Select(category => new SitemapEntry(
                style.CategoryPath(category, 1)
            ))
        );
    }

    private static bool IsLive(SitemapEntry entry, Site site, int day) =>
        site.Catalogue.Status(entry.Index!.Value, day) == ItemStatus.Live;

    private static IEnumerable<SitemapEntry> Pages(ShopStyle style) =>
        [
            new SitemapEntry("/"),
            new SitemapEntry(ShopPages.AboutPath),
            new SitemapEntry(ShopPages.ShippingPath),
            .. style.Profile.Rules.Vocabulary.Categories.Select(category => new SitemapEntry(
                style.CategoryPath(category, 1)
            )),
        ];

    private static IEnumerable<SitemapEntry> ProductEntries(Site site, int day, int first, int count)
    {
        var end = Math.Min(first + count, site.Catalogue.Count(day));
        for (var index = first; index < end; index++)
        {
            var status = site.Catalogue.Status(index, day);
            if (status is not (ItemStatus.Live or ItemStatus.GoneButListed))
            {
                continue;
            }

            var item = site.Catalogue.Item(index, day);
            yield return new SitemapEntry(site.Style.ProductPath(item), item.ChangedOn, index);
            if (status == ItemStatus.Live && Duplicate(site, item) is { } duplicate)
            {
                yield return new SitemapEntry(duplicate, item.ChangedOn, index, IsDuplicate: true);
            }
        }
    }

    private static string? Duplicate(Site site, Item item) =>
        site.Faults.KindOf(item.Index) == Faults.FaultKind.None ? site.Style.DuplicatePath(item) : null;
}
