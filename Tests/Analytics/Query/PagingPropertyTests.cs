using FsCheck;
using FsCheck.Fluent;
using Marketline.Core.Clean;

namespace Marketline.Tests.Analytics.Query;

/// <summary>Pages, whatever their size, sort and filter, give each row of the query once, in its order.</summary>
public sealed class PagingPropertyTests
{
    private const int OfferCount = 240;

    /// <summary>Columns with ties, nulls, texts longer than what is sorted by, and all types.</summary>
    private static readonly string[] Sorted =
        ["price", "name", "brand", "category", "seen_utc", "review_count", "price_confidence", "object_key", "platform", "url", "rating_value"];

    private QueryFixture _gold = null!;

    [OneTimeSetUp]
    public async Task MakeGoldAsync()
    {
        _gold = new QueryFixture(maxRowsPerFile: 50);
        foreach (var platform in new[] { "generic", "shopify" })
        {
            // The platforms share keys: the key alone does not tell their rows apart.
            await _gold.AddAsync([.. Enumerable.Range(0, OfferCount / 2).Select(i => NewOffer(i, platform))]);
        }
    }

    [OneTimeTearDown]
    public void DeleteGold() => _gold.Dispose();

    [Test]
    public void ReadPageAsync_PageByPage_GivesEachRowOnceAndInOrder()
    {
        var sorts =
            from count in Gen.Choose(0, 3)
            from columns in Gen.Shuffle(Sorted)
            from directions in Gen.Elements("", ":asc", ":desc").ListOf(3)
            select string.Join(',', columns.Take(count).Zip(directions, (column, direction) => column + direction));
        var filters = Gen.Elements("", "price:isnull", "price:notnull", "brand:contains:b", "review_count:lt:2");
        var cases = (
            from sort in sorts
            from filter in filters
            from limit in Gen.Frequency((1, Gen.Choose(1, 10)), (4, Gen.Choose(10, 300)))
            select (sort, filter, limit)
        ).ToArbitrary();

        var property = Prop.ForAll(cases, input => IsWholeAsync(input.sort, input.filter, input.limit).GetAwaiter().GetResult());

        property.Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Test]
    public async Task ReadPageAsync_NewVersionInBetween_GoesOnBehindTheLastRow()
    {
        using var gold = new QueryFixture();
        await gold.AddAsync(Records.Offer("b1", 1, 10m), Records.Offer("b3", 1, 10m), Records.Offer("b5", 1, 10m));
        var query = QueryFixture.Read("price", "object_key");
        var first = await gold.PageAsync(query, null, 2);
        gold.Files.Clear();
        await gold.AddAsync(Records.Offer("b2", 1, 10m), Records.Offer("b4", 1, 10m), Records.Offer("b5", 1, 10m));

        var second = await gold.PageAsync(query, first.Next, 10);

        Assert.That(second.Rows.Select(row => row[0]), Is.EqualTo(new[] { "b4", "b5" }));
        Assert.That(second.Next, Is.Null);
    }

    [Test]
    public void ReadPageAsync_PositionOfAnotherQuery_Throws() =>
        Assert.That(() => _gold.PageAsync(QueryFixture.Read("price"), "[\"a\",\"b\"]", 10), Throws.TypeOf<FormatException>());

    private async Task<bool> IsWholeAsync(string sort, string filter, int limit)
    {
        var query = QueryFixture.Read(sort, "object_key,platform", filter.Length == 0 ? [] : [filter]);
        var pages = new List<string>();
        string? after = null;
        do
        {
            var page = await _gold.PageAsync(query, after, limit);
            Assert.That(page.Rows, Has.Count.LessThanOrEqualTo(limit));
            pages.AddRange(page.Rows.Select(row => $"{row[0]} {row[1]}"));
            after = page.Next;
        } while (after is not null);

        var whole = await _gold.PageAsync(query, null, OfferCount + 1);
        Assert.That(pages, Is.EqualTo(whole.Rows.Select(row => $"{row[0]} {row[1]}")), $"{sort} {filter} {limit}");
        Assert.That(pages, Is.Unique);
        return true;
    }

    private static Offer NewOffer(int i, string platform) =>
        Records.Offer($"{i % 256:x2}", 1 + (i % 3), i % 5 == 0 ? null : 10m + (i % 4)) with
        {
            Platform = platform,
            Name = (i % 7) switch { 0 => null, 1 => "", 2 => new string('n', 300) + i, 3 => "名前" + (i % 2), _ => $"Name {i % 3}" },
            Brand = i % 3 == 0 ? null : $"B{i % 2}'\"",
            Category = "",
            ReviewCount = i % 4 == 0 ? null : i % 3,
            PriceConfidence = i % 6 == 0 ? null : 1.0 / (1 + (i % 3)),
            RatingValue = i % 2 == 0 ? null : 4.5m,
        };
}
