using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>A shop as it is served: its style, its products and what pads its pages.</summary>
internal sealed class Site
{
    private const int RelatedCount = 4;

    public Site(ShopStyle style, FaultPlan faults, DemoMarketplaceOptions options)
    {
        Style = style;
        Faults = style.Profile.HasFaults ? faults : FaultPlan.None;
        IsScale = options.ScalePageCount > 0;
        var productCount = IsScale ? options.ScalePageCount : options.ProductsPerShop;
        Catalogue = new Catalogue(Name, options.Seed, productCount, style.Profile.Rules);
        Padding = PagePadding.Create(options.Seed, Name, options.PageSizeBytes - UnpaddedSize());
    }

    public string Name => Style.Profile.Name;

    public ShopStyle Style { get; }

    public Catalogue Catalogue { get; }

    public FaultPlan Faults { get; }

    public PagePadding Padding { get; }

    /// <summary>The one shop of a scale run, where nothing may be kept per page.</summary>
    public bool IsScale { get; }

    public HtmlPage ProductPage(string baseUrl, int index, int day)
    {
        var context = new PageContext(baseUrl, Related(index, day));
        return Style.ProductPage(context, Style.Shown(Catalogue.Item(index, day)));
    }

    /// <summary>What a shop built by script puts into that page.</summary>
    public (string Body, string Data) ProductFragment(ScriptedShop style, string baseUrl, int index, int day) =>
        style.Fragment(new PageContext(baseUrl, Related(index, day)), style.Shown(Catalogue.Item(index, day)));

    /// <summary>The neighbours in the same category; gone ones are not shown.</summary>
    private List<Item> Related(int index, int day)
    {
        var related = new List<Item>(RelatedCount);
        for (var k = 1; k <= RelatedCount; k++)
        {
            var other = index + (k * Catalogue.Categories.Count);
            other = other < Catalogue.Count(day) ? other : index - (k * Catalogue.Categories.Count);
            if (other >= 0 && Catalogue.Status(other, day) == ItemStatus.Live)
            {
                related.Add(Style.Shown(Catalogue.Item(other, day)));
            }
        }

        return related;
    }

    private int UnpaddedSize()
    {
        const int samples = 5;
        var total = 0;
        for (var index = 0; index < samples; index++)
        {
            var page = ProductPage($"http://{Name}.localhost:12345", index, 0);
            total +=
                PageCharset.Utf8.Encoding.GetByteCount(page.Head) + PageCharset.Utf8.Encoding.GetByteCount(page.Body);
        }

        return (total / samples) + SiteStyle.Css.Length;
    }
}
