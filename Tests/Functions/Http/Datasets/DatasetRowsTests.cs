using System.Net;
using System.Text.Json;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Tests.Analytics;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Http.Datasets;

public sealed class DatasetRowsTests
{
    private const string Rows = "/api/datasets/latest_offers/rows";

    private DatasetApi _api = null!;
    private TenantId _tenant;
    private TenantId _other;
    private RunRef _last = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = await DatasetApi.StartAsync();
        (_tenant, _other) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        await _api.RunAsync(_tenant, 1, "generic-shop", [.. Enumerable.Range(0, 5).Select(i => Records.Offer($"a{i}", 1, 10m + i))]);
        _last = await _api.RunAsync(_tenant, 2, "shopify", Records.Offer("b1", 2, 5m) with { Platform = "shopify" });
        await _api.RunAsync(_other, 1, "generic-shop", Records.Offer("secret", 1, 1m));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task List_AfterRuns_SumsTheirFiles()
    {
        var list = (await _api.JsonAsync(_tenant, "/api/datasets")).GetProperty("datasets");

        Assert.That(list.EnumerateArray().Select(item => item.GetProperty("name").GetString()), Is.EqualTo(new[] { DatasetNames.LatestOffers, DatasetNames.PriceChanges, DatasetNames.PriceIndex }));
        Assert.That(list[0].GetProperty("rowCount").GetInt32(), Is.EqualTo(6));
        Assert.That(list[0].GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That((await _api.JsonAsync(TestStorage.NewTenant(), "/api/datasets")).GetProperty("datasets").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Get_Dataset_HasItsSchemaAndFiles()
    {
        var dataset = await _api.JsonAsync(_tenant, "/api/datasets/latest_offers");

        var price = dataset.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "price");
        Assert.That(price.GetRawText(), Is.EqualTo("""{"name":"price","type":"DECIMAL(18,4)","isNullable":true,"meaning":"greater than zero; null where the page has none"}"""));
        Assert.That(dataset.GetProperty("key").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "object_key", "platform" }));
        Assert.That(dataset.GetProperty("files").GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("/api/datasets/latest_reviews")]
    [TestCase("/api/datasets/latest_reviews/rows")]
    [TestCase("/api/datasets/latest_reviews/download")]
    [TestCase("/api/datasets/nothing")]
    [TestCase("/api/datasets/nothing/rows")]
    [TestCase("/api/datasets/nothing/download")]
    [TestCase("/api/datasets/..%2Fx/rows")]
    [TestCase("/api/datasets/LATEST_OFFERS/rows")]
    public async Task Get_DatasetThatIsNotThere_Is404(string address)
    {
        var problem = await _api.JsonAsync(_tenant, address, HttpStatusCode.NotFound);

        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("/api/datasets"));
    }

    [Test]
    public async Task Rows_PageByPage_AreAllInOrder()
    {
        var keys = new List<string>();
        var address = $"{Rows}?sort=price:desc&columns=object_key&limit=4";
        var page = await _api.JsonAsync(_tenant, address);
        keys.AddRange(Keys(page));
        page = await _api.JsonAsync(_tenant, $"{address}&cursor={page.GetProperty("next").GetString()}");
        keys.AddRange(Keys(page));

        Assert.That(keys, Is.EqualTo(new[] { "a4", "a3", "a2", "a1", "a0", "b1" }));
        Assert.That(page.TryGetProperty("next", out _), Is.False);
        Assert.That(page.GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Rows_Filtered_HaveAllColumnsWithNulls()
    {
        var page = await _api.JsonAsync(_tenant, $"{Rows}?filter=price:le:10&filter=platform:eq:generic&filter=seen_utc:ge:2026-11-01");

        var row = page.GetProperty("rows").EnumerateArray().Single();
        Assert.That(row.GetProperty("object_key").GetString(), Is.EqualTo("a0"));
        Assert.That(row.GetProperty("price").GetDecimal(), Is.EqualTo(10m));
        Assert.That(row.GetProperty("seen_utc").GetString(), Is.EqualTo("2026-11-01T12:00:00.000000Z"));
        Assert.That(row.GetProperty("list_price").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(row.EnumerateObject().Count(), Is.EqualTo(37));
    }

    [Test]
    public async Task Rows_LastRunId_AreThoseOfTheRun()
    {
        var page = await _api.JsonAsync(_tenant, $"{Rows}?lastRunId={_last.RunId}");

        Assert.That(Keys(page), Is.EqualTo(new[] { "b1" }));
    }

    [TestCase("?filter=price:gt:cheap", "filter")]
    [TestCase("?filter=tenant:eq:x", "filter")]
    [TestCase("?filter=price:gt:1;DROP TABLE x", "filter")]
    [TestCase("?sort=nothing", "sort")]
    [TestCase("?columns=nothing", "columns")]
    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=1001", "limit")]
    [TestCase("?limit=-1", "limit")]
    [TestCase("?limit=10 OR 1=1", "limit")]
    [TestCase("?cursor=x", "cursor")]
    [TestCase("?lastRunId=x", "lastRunId")]
    public async Task Rows_WrongParameter_IsAProblemThatNamesIt(string query, string field)
    {
        var problem = await _api.JsonAsync(_tenant, Rows + query, HttpStatusCode.BadRequest);

        Assert.That(problem.GetProperty("errors").EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Rows_LastRunIdOfADatasetWithoutIt_IsAProblem() =>
        await _api.JsonAsync(_tenant, $"/api/datasets/price_index/rows?lastRunId={_last.RunId}", HttpStatusCode.BadRequest);

    [Test]
    public async Task Rows_CursorOfSomethingElse_IsRefused()
    {
        var cursor = (await _api.JsonAsync(_tenant, $"{Rows}?limit=1&sort=price")).GetProperty("next").GetString()!;
        var changed = cursor.ToCharArray();
        changed[^3] = changed[^3] == 'A' ? 'B' : 'A';

        foreach (
            var address in new[]
            {
                $"{Rows}?sort=price:desc&cursor={cursor}",
                $"{Rows}?cursor={cursor}",
                $"{Rows}?sort=price&filter=price:gt:1&cursor={cursor}",
                $"/api/datasets/price_index/rows?cursor={cursor}",
                $"/api/objects?cursor={cursor}",
                $"{Rows}?sort=price&cursor={new string(changed)}",
                $"{Rows}?sort=price&cursor={cursor[..^4]}",
                $"{Rows}?sort=price&cursor={new string('A', 7000)}",
                $"{Rows}?sort=price&cursor=%00%0a",
            }
        )
        {
            await _api.JsonAsync(_tenant, address, HttpStatusCode.BadRequest);
        }

        await _api.JsonAsync(_other, $"{Rows}?sort=price&cursor={cursor}", HttpStatusCode.BadRequest);
        Assert.That(Keys(await _api.JsonAsync(_tenant, $"{Rows}?sort=price&columns=object_key&limit=2&cursor={cursor}")), Is.EqualTo(new[] { "a0", "a1" }));
    }

    [Test]
    public async Task Rows_OfAnotherTenant_AreNeverSeen()
    {
        // Both have the same names of everything, and both are in this worker's cache.
        var mine = Keys(await _api.JsonAsync(_tenant, Rows)).ToList();
        var theirs = Keys(await _api.JsonAsync(_other, Rows)).ToList();

        Assert.That(theirs, Is.EqualTo(new[] { "secret" }));
        Assert.That(mine, Has.Count.EqualTo(6).And.No.Member("secret"));
    }

    private static IEnumerable<string> Keys(JsonElement page) => page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("object_key").GetString()!);
}
