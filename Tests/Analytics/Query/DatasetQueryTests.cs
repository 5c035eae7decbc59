using System.Text.Json;
using Marketline.Analytics.Query;

namespace Marketline.Tests.Analytics.Query;

public sealed class DatasetQueryTests
{
    private QueryFixture _gold = null!;

    [OneTimeSetUp]
    public async Task MakeGoldAsync()
    {
        _gold = new QueryFixture();
        await _gold.AddAsync(
            Records.Offer("a1", 1, 10.5m) with { Name = "Red Shoe", Brand = "Nike, Inc.", ReviewCount = 3, PriceConfidence = 0.5 },
            Records.Offer("a2", 2, 20m) with { Name = "ÉCLAIR shoe", Brand = "it's \"quoted\"", Sku = "100%_off" },
            Records.Offer("a3", 3, null) with { Name = null, Brand = "'; DROP TABLE offers; --" },
            Records.Offer("a4", 4, 10.5m) with { Name = "blue hat", Brand = "Nike" }
        );
    }

    [OneTimeTearDown]
    public void DeleteGold() => _gold.Dispose();

    [TestCase("price:eq:10.5", "a1 a4")]
    [TestCase("price:ne:10.5", "a2 a3")]
    [TestCase("price:lt:20", "a1 a4")]
    [TestCase("price:le:20", "a1 a2 a4")]
    [TestCase("price:gt:10.5", "a2")]
    [TestCase("price:ge:10.5", "a1 a2 a4")]
    [TestCase("price:in:20,30", "a2")]
    [TestCase("price:isnull", "a3")]
    [TestCase("price:notnull", "a1 a2 a4")]
    [TestCase("review_count:eq:3", "a1")]
    [TestCase("price_confidence:le:0.5", "a1")]
    [TestCase("seen_utc:ge:2026-11-03T12:00:00Z", "a3 a4")]
    [TestCase("seen_utc:gt:2026-11-03T14:00:00+02:00", "a4")]
    [TestCase("name:contains:SHOE", "a1 a2")]
    [TestCase("name:startswith:éclair", "a2")]
    [TestCase("name:eq:red shoe", "")]
    [TestCase("brand:in:\"Nike, Inc.\",Nike", "a1 a4")]
    [TestCase("sku:contains:%", "a2")]
    [TestCase("sku:contains:0_o", "")]
    [TestCase("brand:eq:it's \"quoted\"", "a2")]
    [TestCase("brand:eq:'; DROP TABLE offers; --", "a3")]
    [TestCase("brand:eq:' OR 1=1 --", "")]
    [TestCase("brand:contains:$p0", "")]
    [TestCase("brand:contains:?", "")]
    public async Task ReadPageAsync_Filter_GivesWhatItSays(string filter, string expected)
    {
        var keys = await _gold.KeysAsync(QueryFixture.Read(filters: filter));

        Assert.That(string.Join(' ', keys), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Rows_FilesOfBeforeAColumnWasAdded_HaveNullThere(bool isOldOnly)
    {
        using var gold = new QueryFixture();
        await gold.AddAsync(Records.Offer("a", 1, 1m) with { ShippingPrice = 9m });
        OlderFile.Make(gold.Files.Single());
        if (!isOldOnly)
        {
            await gold.AddAsync(Records.Offer("b", 1, 2m) with { ShippingPrice = 4.5m, ImageUrls = "https://i/1 https://i/2" });
        }

        var query = QueryFixture.Read(columns: "object_key,shipping_price,image_urls,product_seen_utc");
        var csv = await gold.TextAsync(query, RowFormat.Csv);
        var json = await gold.TextAsync(query, RowFormat.JsonLines);
        var path = Path.Combine(gold.Folder, "download.parquet");
        await gold.Query.WriteParquetAsync("tenant", gold.Files, query, path, CancellationToken.None);

        string[] keys = isOldOnly ? ["a"] : ["a", "b"];
        Assert.That(csv, Does.Contain("\r\na,,,").And.EndsWith(isOldOnly ? "a,,,\r\n" : "b,4.5000,https://i/1 https://i/2,2026-11-01T12:00:00.000000Z\r\n"));
        Assert.That(json, Does.StartWith("""{"object_key":"a","shipping_price":null,"image_urls":null"""));
        Assert.That(Workspace.Rows(path, "object_key"), Is.EqualTo(keys));
        Assert.That(await gold.KeysAsync(QueryFixture.Read(sort: "shipping_price:desc")), Is.EqualTo(keys.Reverse()));
        Assert.That(await gold.KeysAsync(QueryFixture.Read(filters: "shipping_price:isnull")), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task ReadPageAsync_CharactersThatNoTextHas_FindNothing()
    {
        foreach (var value in new[] { "\0", "a\0b", "\ud800", "\uffff", "\u202e", new string('\\', 500), new string('\'', 501) })
        {
            Assert.That(await _gold.KeysAsync(QueryFixture.Read(filters: ["brand:eq:" + value, "name:startswith:" + value])), Is.Empty);
        }
    }

    [Test]
    public async Task ReadPageAsync_TwoFilters_BothHold()
    {
        var keys = await _gold.KeysAsync(QueryFixture.Read(filters: ["price:eq:10.5", "name:contains:hat"]));

        Assert.That(keys, Is.EqualTo(new[] { "a4" }));
    }

    [TestCase("price", "a1 a4 a2 a3")]
    [TestCase("price:desc", "a2 a1 a4 a3")]
    [TestCase("price:desc,name", "a2 a1 a4 a3")]
    [TestCase("name:desc", "a2 a4 a1 a3")]
    [TestCase("object_key:desc", "a4 a3 a2 a1")]
    public async Task ReadPageAsync_Sort_HasNullsLastAndTheKeyBehind(string sort, string expected)
    {
        var keys = await _gold.KeysAsync(QueryFixture.Read(sort));

        Assert.That(string.Join(' ', keys), Is.EqualTo(expected));
    }

    [Test]
    public async Task ReadPageAsync_Values_HaveTheirTypes()
    {
        var page = await _gold.PageAsync(QueryFixture.Read(columns: "name,price,review_count,price_confidence,seen_utc,list_price"), null, 1);

        Assert.That(page.Rows.Single(), Is.EqualTo(new object?[] { "Red Shoe", 10.5m, 3L, 0.5d, Records.Seen(1), null }));
    }

    [Test]
    public async Task ReadPageAsync_NoFiles_GivesNothing()
    {
        using var empty = new QueryFixture();

        Assert.That((await empty.PageAsync(QueryFixture.Read("price", filters: "name:eq:a"), null, 10)).Rows, Is.Empty);
        Assert.That(await empty.TextAsync(QueryFixture.Read(columns: "name,price"), RowFormat.Csv), Is.EqualTo("name,price\r\n"));
    }

    [Test]
    public async Task WriteParquetAsync_Query_IsAFileOfItsRows()
    {
        var path = Path.Combine(_gold.Folder, "answer.parquet");
        var query = QueryFixture.Read("price:desc", "object_key,price", "brand:in:\"Nike, Inc.\",\"it's \"\"quoted\"\"\"");

        await _gold.Query.WriteParquetAsync("tenant", _gold.Files, query, path, CancellationToken.None);

        Assert.That(Workspace.Rows(path, "object_key, price"), Is.EqualTo(new[] { "a2 | 20", "a1 | 10.5" }));
    }

    [Test]
    public async Task WriteParquetAsync_NoFiles_HasTheColumnsAllTheSame()
    {
        var path = Path.Combine(_gold.Folder, "empty.parquet");

        await _gold.Query.WriteParquetAsync("tenant", [], QueryFixture.Read(columns: "object_key,price"), path, CancellationToken.None);

        Assert.That(Workspace.Rows(path, "object_key, price"), Is.Empty);
    }

    [Test]
    public async Task OpenRowsAsync_JsonLines_AreTheRowsOfThePage()
    {
        var query = QueryFixture.Read("object_key", "name,price,seen_utc,list_price");

        var lines = (await _gold.TextAsync(query, RowFormat.JsonLines)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[0], Is.EqualTo("""{"name":"Red Shoe","price":10.5000,"seen_utc":"2026-11-01T12:00:00.000000Z","list_price":null}"""));
        Assert.That(lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("name").GetString()), Does.Contain("ÉCLAIR shoe"));
    }

    [Test]
    public async Task ReadPageAsync_TimeIsOver_SaysSo()
    {
        var time = new ManualTimeProvider();
        using var gold = new QueryFixture(time: time);
        await gold.AddAsync(Records.Offer("a1", 1, 10m));
        var rows = await gold.Query.OpenRowsAsync("other", gold.Files, QueryFixture.Read(), CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(11));

        Assert.That(
            () => rows.WriteAsync(RowFormat.JsonLines, Stream.Null, CancellationToken.None),
            Throws.TypeOf<QueryLimitException>().Or.InstanceOf<OperationCanceledException>()
        );
        rows.Dispose();
        Assert.That((await gold.PageAsync(QueryFixture.Read(), null, 10)).Rows, Has.Count.EqualTo(1), "the next one has its own time");
    }

    [Test]
    public async Task ReadPageAsync_DownloadsTakeAllPlaces_DoesNotWaitForThem()
    {
        var open = new List<RowStream>();
        foreach (var owner in new[] { "a", "a", "b" })
        {
            open.Add(await _gold.Query.OpenRowsAsync(owner, _gold.Files, QueryFixture.Read(), CancellationToken.None));
        }

        var page = await _gold.PageAsync(QueryFixture.Read(), null, 10);

        Assert.That(page.Rows, Has.Count.EqualTo(4));
        open.ForEach(rows => rows.Dispose());
    }

    [Test]
    public async Task OpenRowsAsync_NoPlaceInTime_SaysThatItIsBusy()
    {
        var time = new ManualTimeProvider();
        using var gold = new QueryFixture(time: time);
        await gold.AddAsync(Records.Offer("a1", 1, 10m));
        using var first = await gold.Query.OpenRowsAsync("a", gold.Files, QueryFixture.Read(), CancellationToken.None);
        using var second = await gold.Query.OpenRowsAsync("a", gold.Files, QueryFixture.Read(), CancellationToken.None);

        var third = gold.Query.OpenRowsAsync("a", gold.Files, QueryFixture.Read(), CancellationToken.None);
        Assert.That(third.IsCompleted, Is.False);
        using var other = await gold.Query.OpenRowsAsync("b", gold.Files, QueryFixture.Read(), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(21));

        Assert.That(() => third, Throws.TypeOf<QueryBusyException>());
    }
}
