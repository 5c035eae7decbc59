using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Tests.Analytics;

namespace Marketline.Tests.Core.Clean;

public sealed class OfferHalvesTests
{
    private static readonly Offer Product = Records.Offer("a", 1, null, null, null) with { Scope = OfferScope.Product, Brand = "Nike", Gtin = "0036000291452", ImageUrls = "https://i/1 https://i/2", ListPrice = 15m };

    private static readonly Offer Price = Records.Offer("a", 1, 10m, category: null) with { Scope = OfferScope.Price, Name = "A name in a list", Seller = "Shop", ShippingPrice = 0 };

    [Test]
    public void Join_ProductAndPrice_IsTheSameInBothOrders()
    {
        var joined = OfferHalves.Join(Product, Price);

        Assert.That(OfferHalves.Join(Price, Product), Is.EqualTo(joined));
        Assert.That((joined.Scope, joined.Name, joined.Brand, joined.Gtin, joined.ImageUrls, joined.Category), Is.EqualTo((OfferScope.Whole, "Shoe a", "Nike", Product.Gtin, Product.ImageUrls, "shoes")));
        Assert.That((joined.Price, joined.ListPrice, joined.Availability, joined.Seller, joined.ShippingPrice), Is.EqualTo((10m, (decimal?)null, Availability.InStock, "Shop", 0m)));
        Assert.That(joined.ContentHash, Is.Not.EqualTo(Product.ContentHash).And.Not.EqualTo(Price.ContentHash));
    }

    [Test]
    public void Join_PriceThatHasGone_TakesNoneOfTheProducts()
    {
        var gone = Price with { Price = null, CurrencyCode = null, Availability = Availability.OutOfStock };

        var joined = OfferHalves.Join(Product with { Price = 12m, Availability = Availability.InStock }, gone);

        Assert.That((joined.Price, joined.Availability), Is.EqualTo(((decimal?)null, Availability.OutOfStock)));
    }

    [Test]
    public void Join_WithAWholeRecord_IsThat()
    {
        var whole = Records.Offer("a", 1, 11m);

        Assert.That((OfferHalves.Join(whole, Price), OfferHalves.Join(Product, whole)), Is.EqualTo((whole, whole)));
    }

    [TestCase(OfferScope.Product, OfferScope.Product, false)]
    [TestCase(OfferScope.Product, OfferScope.Price, true)]
    [TestCase(OfferScope.Price, OfferScope.Whole, true)]
    [TestCase(OfferScope.Whole, OfferScope.Price, false)]
    [TestCase(OfferScope.Whole, OfferScope.Whole, false)]
    public void IsCompletedBy_Scopes_AreThoseThatSayMore(OfferScope kept, OfferScope other, bool expected) =>
        Assert.That((Product with { Scope = kept }).IsCompletedBy(other), Is.EqualTo(expected));
}
