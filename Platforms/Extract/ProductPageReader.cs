using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads the offer of a product page from all that the page carries: structured data, meta elements, embedded state and what it
/// shows. General rules only; nothing here knows a shop.
/// </summary>
public static class ProductPageReader
{
    public const string NotAProduct = "not-a-product";

    /// <summary>The position of a page's main product; of what else stands on it, it is the beginning.</summary>
    internal const string PagePosition = "page";

    /// <summary>The main product's offer, then those of its variants, or why there is none. Never throws for what stands in the page.</summary>
    public static ExtractionResult Read(FetchedPage page) => Read(page, isProduct: false);

    /// <summary>The same for a page that is known to be a product's, whatever it looks like.</summary>
    internal static ExtractionResult ReadAnyway(FetchedPage page) => Read(page, isProduct: true);

    private static ExtractionResult Read(FetchedPage page, bool isProduct)
    {
        var scan = HtmlPage.Scan(page, out var defect);
        if (scan is null)
        {
            return ExtractionResult.Defective(defect!);
        }

        var address = Uri.TryCreate(page.FinalUrl, UriKind.Absolute, out var parsed) ? parsed : null;
        var identity = new PageIdentity(scan, address);
        var structured = StructuredItems.Of(scan);
        var items = ProductItems.Find(structured, identity);
        var facts = new ProductFacts(scan.Language, address?.Host);
        BreadcrumbReader.Read(structured, identity, facts);
        var shown = Collect(scan, identity, items, facts);
        var price = PriceVote.Decide(facts, shown);
        if (!isProduct && !ProductPageTest.IsProductPage(scan, items, facts, shown, price?.Price))
        {
            return ExtractionResult.Skipped(NotAProduct);
        }

        var main = OfferAssembly.Build(page, scan, identity, facts, shown, price);
        return new ExtractionResult([main, .. VariantOffers.Read(main, items.Main, PageAddress.Of(page, scan))]);
    }

    private static List<VisiblePrice> Collect(PageScan scan, PageIdentity identity, ProductItems items, ProductFacts facts)
    {
        foreach (var product in items.Main)
        {
            StructuredProductReader.Read(product, facts);
        }

        MetaProductReader.Read(scan, facts);
        EmbeddedStateReader.Read(scan, identity, facts);
        var traits = new ElementTraits(identity.TitleElement, scan.ElementCount);
        VisibleIdentifiers.Find(scan, identity, traits, facts);
        UrlIdentifier.Find(scan, identity, facts);
        VisibleAvailability.Find(scan, identity, traits, facts);
        VisibleDetails.Find(scan, identity, traits, facts);
        return VisiblePrices.Find(scan, identity, traits, facts);
    }
}
