using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Extract;

namespace Marketline.Tests.Analytics.Clean;

public sealed class CleanBatchWriterTests
{
    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task WriteOffersAsync_FullOffer_KeepsEveryField()
    {
        var offer = Records.Offer("a1", 3, 19.9m) with
        {
            ListPrice = 29.95m,
            Condition = ItemCondition.Refurbished,
            Seller = "O'Neill",
            Sku = "S-1",
            Mpn = "M-1",
            Gtin = "4006381333931",
            Brand = "Brand",
            ImageUrl = "https://cdn.example/1.jpg",
            RatingValue = 4.66666667m,
            ReviewCount = 7,
            PriceRaw = "19,90 €",
            PriceSource = ExtractionSource.JsonLd,
            ShippingPrice = 4.95m,
            ImageUrls = "https://cdn.example/1.jpg https://cdn.example/2.jpg",
            Scope = OfferScope.Price,
            PriceLocation = "$.offers.price",
            PriceConfidence = 0.9,
            ContentHash = "c",
        };

        var batch = await _workspace.WriteBatchAsync(1, offer);

        Assert.That(
            Workspace.Rows(batch.Path, "* EXCLUDE (filename, file_row_number)"),
            Is.EqualTo(
                new[]
                {
                    "2 | a1 | generic | shop.example | https://shop.example/a | 11-03 12:00 | Shoe a1 | 19.9 | EUR | 29.95 | "
                        + "InStock | Refurbished | O'Neill | 4.95 | S-1 | M-1 | 4006381333931 | Brand | shoes | "
                        + "https://cdn.example/1.jpg | https://cdn.example/1.jpg https://cdn.example/2.jpg | 4.6667 | 7 | 19,90 € | JsonLd | $.offers.price | 0.9 | c | Price",
                }
            )
        );
    }

    [Test]
    public async Task WriteOffersAsync_EmptyOffer_HasNulls()
    {
        var batch = await _workspace.WriteBatchAsync(1, Records.Offer("a1", 3, null, null, null, null));

        var columns = "price, currency_code, availability, category, list_price, review_count, price_confidence, shipping_price, image_urls, scope";
        Assert.That(Workspace.Rows(batch.Path, columns), Is.EqualTo(new[] { "- | - | - | - | - | - | - | - | - | -" }));
    }

    [Test]
    public async Task WriteOffersAsync_AnyOrder_WritesTheSameBytesByKey()
    {
        var offers = Enumerable
            .Range(0, 5_000)
            .Select(i => Records.Offer($"{i * 7919 % 5_000:x8}", 1 + (i % 3), i + 0.5m, category: i % 2 == 0 ? null : "c"))
            .ToArray();

        var first = await _workspace.WriteBatchAsync(1, offers);
        var second = await _workspace.WriteBatchAsync(2, offers.Reverse().ToArray());

        Assert.That(await File.ReadAllBytesAsync(second.Path), Is.EqualTo(await File.ReadAllBytesAsync(first.Path)));
        Assert.That(Workspace.Rows(first.Path, "object_key"), Is.Ordered);
    }

    [Test]
    public async Task WriteOffersAsync_OtherWriter_WritesTheSameBytes()
    {
        using var other = new Workspace(options => options.ThreadCount = 2);
        var offers = Enumerable.Range(0, 500).Select(i => Records.Offer($"{i:x8}", 1, i + 1m)).ToArray();

        var first = await _workspace.WriteBatchAsync(1, offers);
        await other.WriteBatchAsync(1, Records.Offer("00", 1, 1m));
        var second = await other.WriteBatchAsync(2, offers);

        Assert.That(await File.ReadAllBytesAsync(second.Path), Is.EqualTo(await File.ReadAllBytesAsync(first.Path)));
    }

    [Test]
    public async Task WriteOffersAsync_NoOffers_WritesAFileWithColumns()
    {
        var batch = await _workspace.WriteBatchAsync(1, Array.Empty<Offer>());

        Assert.That(Workspace.Rows(batch.Path, "object_key, price"), Is.Empty);
    }

    [Test]
    public async Task WriteOffersAsync_ManyAtOnce_KeepsThemApart()
    {
        var batches = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => _workspace.WriteBatchAsync(i, Records.Offer($"k{i}", 1, i + 1m)))
        );

        foreach (var batch in batches)
        {
            Assert.That(
                Workspace.Rows(batch.Path, "object_key, price"),
                Is.EqualTo(new[] { $"k{batch.Batch} | {batch.Batch + 1}" })
            );
        }
    }

    [TestCase("0")]
    [TestCase("0.00001")]
    [TestCase("100000000000000")]
    [TestCase("-5")]
    public async Task WriteOffersAsync_PriceThatNoColumnHolds_ThrowsAndStaysUsable(string price)
    {
        var offer = Records.Offer("bad", 1, decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(
            async () => await _workspace.WriteBatchAsync(1, Records.Offer("a", 1, 1m), offer),
            Throws.ArgumentException.With.Message.Contains("bad")
        );
        var batch = await _workspace.WriteBatchAsync(2, Records.Offer("a", 1, 1m));
        Assert.That(Workspace.Rows(batch.Path, "object_key"), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task WriteOffersAsync_FolderMissing_ThrowsAndStaysUsable()
    {
        var path = Path.Combine(_workspace.Folder, "none", "x.parquet");

        Assert.That(
            async () => await _workspace.Writer.WriteOffersAsync([Records.Offer("a", 1, 1m)], path, CancellationToken.None),
            Throws.InstanceOf<System.Data.Common.DbException>()
        );
        Assert.That(Workspace.Rows((await _workspace.WriteBatchAsync(1, Records.Offer("a", 1, 1m))).Path, "object_key"), Has.One.Items);
    }

    [Test]
    public async Task WriteOffersAsync_LargestAndSmallestPrice_AreKept()
    {
        var batch = await _workspace.WriteBatchAsync(
            1,
            Records.Offer("a", 1, DatasetLimits.MaxPrice),
            Records.Offer("b", 1, DatasetLimits.MinPrice)
        );

        Assert.That(Workspace.Rows(batch.Path, "price"), Is.EqualTo(new[] { "99999999999999.9999", "0.0001" }));
    }

    [Test]
    public async Task WriteReviewsAsync_Review_KeepsEveryField()
    {
        var batch = await _workspace.WriteBatchAsync(1, Records.Review("r1", 2, 4.5m, "Ünïcode 🛒\nline") with { ContentHash = "c" });

        Assert.That(
            Workspace.Rows(batch.Path, "* EXCLUDE (filename, file_row_number)"),
            Is.EqualTo(
                new[]
                {
                    "1 | r1 | generic | shop.example | https://shop.example/a | 11-02 12:00 | - | - | 0a0b | 2026-10-31 | 4.5 | "
                        + "Ünïcode 🛒\nline | c",
                }
            )
        );
    }
}
