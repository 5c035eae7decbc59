using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.Tests.LocalHost.DemoMarketplace.Products;

[TestFixture]
internal sealed class CatalogueTests
{
    private static Catalogue NewCatalogue(int seed = 7, int count = 500) =>
        new("alder", seed, count, new AlderShop().Profile.Rules);

    [Test]
    public void Item_AskedInAnyOrder_IsTheSame()
    {
        var one = NewCatalogue();
        var other = NewCatalogue();

        var forwards = Enumerable.Range(0, 50).Select(index => one.Item(index, 30)).ToArray();
        var backwards = Enumerable.Range(0, 50).Reverse().Select(index => other.Item(index, 30)).Reverse().ToArray();

        Assert.That(backwards.Select(Essence), Is.EqualTo(forwards.Select(Essence)));
    }

    [Test]
    public void Item_LargerShop_IsTheSame() =>
        Assert.That(
            Essence(NewCatalogue(count: 2_000_000).Item(77, 0)),
            Is.EqualTo(Essence(NewCatalogue().Item(77, 0)))
        );

    [Test]
    public void Gtins_ExceptThoseOnPurpose_HaveARightCheckDigit()
    {
        var items = Enumerable
            .Range(0, 500)
            .Select(index => NewCatalogue().Item(index, 0))
            .Where(item => item.Gtin is not null)
            .ToArray();

        Assert.That(items.Where(item => item.IsGtinValid != HasRightCheckDigit(item.Gtin!)), Is.Empty);
        Assert.That(items.Count(item => !item.IsGtinValid), Is.InRange(5, 50));
        Assert.That(items.Select(item => item.Gtin), Is.Unique);
    }

    [Test]
    public void Items_AllOfAShop_HaveAddressesOfTheirOwn()
    {
        foreach (var style in ShopRegistry.Create(new(), FaultPlan.None))
        {
            var catalogue = new Catalogue(style.Profile.Name, 7, 300, style.Profile.Rules);

            var paths = Enumerable.Range(0, 300).Select(index => style.ProductPath(catalogue.Item(index, 0)));

            Assert.That(paths, Is.Unique, style.Profile.Name);
        }
    }

    [Test]
    public void Reviews_RatingAndCount_AreThoseOfAllReviews()
    {
        var items = Enumerable.Range(0, 300).Select(index => NewCatalogue().Item(index, 0)).ToArray();

        foreach (var item in items.Where(item => item.ReviewCount == item.Reviews.Count))
        {
            Assert.That(
                (double)item.RatingValue!,
                Is.EqualTo(item.Reviews.Average(review => review.Rating)).Within(0.0501)
            );
        }

        Assert.That(items.Count(item => item.ReviewCount is null), Is.InRange(60, 120));
        Assert.That(items.SelectMany(item => item.Reviews).Select(review => review.Id), Is.Unique);
        Assert.That(items.Select(item => item.Reviews.Select(review => review.PublishedOn)), Is.All.Ordered.Descending);
    }

    [Test]
    public void Status_OfAProduct_GoesOneWay()
    {
        var catalogue = NewCatalogue();
        foreach (var index in Enumerable.Range(0, 510))
        {
            var statuses = Enumerable.Range(0, 120).Select(day => (int)catalogue.Status(index, day));
            Assert.That(statuses, Is.Ordered);
        }
    }

    [Test]
    public void Status_NoSuchProduct_IsUnknown()
    {
        Assert.That(NewCatalogue().Status(-1, 10), Is.EqualTo(ItemStatus.Unknown));
        Assert.That(NewCatalogue().Status(NewCatalogue().Count(10), 10), Is.EqualTo(ItemStatus.Unknown));
        Assert.That(NewCatalogue().Status(int.MaxValue, 10), Is.EqualTo(ItemStatus.Unknown));
    }

    private static string Essence(Item item) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Id} {item.Name} {item.Price} {item.ListPrice} {item.Availability} {item.Gtin} {item.ReviewCount} {item.Description}"
        );

    private static bool HasRightCheckDigit(string gtin) =>
        gtin.Reverse().Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
}
