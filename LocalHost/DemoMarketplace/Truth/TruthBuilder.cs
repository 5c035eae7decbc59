using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Serving;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>The ground truth of one shop, address by address in the sitemaps' order, as a stream.</summary>
internal sealed class TruthBuilder(Site site, string baseUrl)
{
    private static readonly ExpectedOutcome NoReviews = ExpectedOutcome.Filtered(TruthReasons.NoReviews);
    private static readonly ExpectedOutcome NoProduct = ExpectedOutcome.Filtered(TruthReasons.NotAProduct);

    public IEnumerable<TruthLine> Lines(int day) =>
        SitemapPlan.Files(site, day).SelectMany(file => file.Entries ?? []).Select(entry => Line(entry, day));

    private TruthLine Line(SitemapEntry entry, int day)
    {
        var url = baseUrl + entry.Path;
        if (entry.Index is not { } index)
        {
            return Unread(url, null, new ExpectedOutcomes(NoProduct, NoProduct, NoReviews));
        }

        if (site.Style.IsDisallowed(index))
        {
            return Unread(url, null, ExpectedOutcomes.All(ExpectedOutcome.Filtered(TruthReasons.RobotsDisallowed)));
        }

        if (site.Catalogue.Status(index, day) != ItemStatus.Live)
        {
            return Unread(url, null, ExpectedOutcomes.All(ExpectedOutcome.Failed(TruthReasons.NotFound)));
        }

        var kind = site.Faults.KindOf(index);
        var fault = kind == FaultKind.None ? null : kind.ToString();
        if (kind == FaultKind.SoftNotFound)
        {
            return Unread(url, fault, new ExpectedOutcomes(NoProduct, NoProduct, NoReviews)) with
            {
                Canonical = baseUrl + "/",
            };
        }

        return FaultOutcomes.Of(kind) is { } outcome
            ? Unread(url, fault, ExpectedOutcomes.All(outcome))
            : Read(entry, url, fault, kind, site.Style.Shown(site.Catalogue.Item(index, day)));
    }

    private static TruthLine Unread(string url, string? fault, ExpectedOutcomes expected) =>
        new()
        {
            Url = url,
            Canonical = url,
            Fault = fault,
            Expected = expected,
        };

    private TruthLine Read(SitemapEntry entry, string url, string? fault, FaultKind kind, Item item)
    {
        var (products, prices) = FaultOutcomes.OfPrice(kind, item.Availability);
        var expected = entry.IsDuplicate
            ? ExpectedOutcomes.All(ExpectedOutcome.Filtered(TruthReasons.Duplicate))
            : new ExpectedOutcomes(products, prices, item.Reviews.Count > 0 ? ExpectedOutcome.Delivered : NoReviews);
        return new TruthLine
        {
            Url = url,
            Canonical = baseUrl + site.Style.ProductPath(item),
            Fault = fault,
            Expected = expected,
            Products =
                item.Variants.Count == 0
                    ? [Product(item)]
                    : [.. item.Variants.Select(variant => Variant(item, variant))],
            Reviews =
            [
                .. item.Reviews.Select(review => new TruthReview(
                    review.Id,
                    review.Author,
                    review.PublishedOn,
                    review.Rating,
                    review.Body
                )),
            ],
        };
    }

    private TruthProduct Product(Item item) =>
        new()
        {
            Id = item.Id.ToString(CultureInfo.InvariantCulture),
            Url = baseUrl + site.Style.ProductPath(item),
            Name = item.Name,
            Price = item.Price is > 0 ? item.Price : null,
            Currency = item.Price is not > 0 ? null : site.Style.Profile.CurrencyCode,
            ListPrice = item.ListPrice,
            Availability = item.Availability,
            Condition = item.Condition,
            Seller = item.Seller,
            Sku = item.Sku,
            Mpn = item.Mpn,
            Gtin = item.IsGtinValid ? item.Gtin : null,
            Brand = item.Brand,
            Category = item.CategoryText,
            Image = baseUrl + ShopStyle.ImagePath(item),
            RatingValue = item.RatingValue,
            ReviewCount = item.ReviewCount,
            Warnings = item is { Gtin: not null, IsGtinValid: false } ? [TruthReasons.GtinCheckDigit] : [],
        };

    private TruthProduct Variant(Item item, ItemVariant variant)
    {
        var isDefault = item.Variants.Count == 1;
        var product = Product(item) with
        {
            Id = site.Style.VariantId(item, variant).ToString(CultureInfo.InvariantCulture),
            IsShown = variant.Number == 1,
            Price = variant.Price,
            ListPrice = variant.ListPrice,
            Availability = variant.Availability,
            Sku = variant.Sku,
        };
        return isDefault
            ? product
            : product with
            {
                Url = baseUrl + site.Style.VariantPath(item, variant),
                Name = $"{item.Name} - {variant.OptionValue}",
                VariantTitle = variant.OptionValue,
                Gtin = variant.Gtin,
                Warnings = [],
            };
    }
}
