using System.IO.Compression;
using System.Net;
using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Naming;
using Marketline.Tests.Analytics;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Http.Datasets;

public sealed class DatasetDownloadTests
{
    private const string Download = "/api/datasets/latest_offers/download";

    private DatasetApi _api = null!;
    private TenantId _tenant;

    [OneTimeSetUp]
    public async Task StartAsync() => _api = await DatasetApi.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public async Task RunAsync()
    {
        _tenant = TestStorage.NewTenant();
        await _api.RunAsync(_tenant, 1, "generic-shop", [.. Enumerable.Range(0, 50).Select(NewOffer)]);
    }

    [Test]
    public async Task Csv_Query_IsAFileWithAName()
    {
        using var answer = await _api.GetAsync(_tenant, $"{Download}?format=csv&columns=object_key,name,price&sort=price:desc&filter=price:lt:13");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("object_key,name,price\r\na02,Shoe a02,12.0000\r\na01,\"'=1+1, \"\"x\"\"\",11.0000\r\na00,Shoe a00,10.0000\r\n"));
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/csv; charset=utf-8; header=present"));
        Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Does.Match(@"^latest_offers-\d{4}-\d\d-\d\d-v1\.csv$"));
    }

    [Test]
    public async Task Csv_RawFormulas_AreAsTheyWere()
    {
        var csv = await TextAsync($"{Download}?format=csv&formulas=raw&columns=name&filter=object_key:eq:a01");

        Assert.That(csv, Is.EqualTo("name\r\n\"=1+1, \"\"x\"\"\"\r\n"));
    }

    [Test]
    public async Task JsonLines_LastRun_AreItsRows()
    {
        var last = await _api.RunAsync(_tenant, 2, "generic-shop", NewOffer(3));

        var lines = (await TextAsync($"{Download}?lastRunId={last.RunId}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines.Single(), Does.StartWith("""{"schema_version":2,"object_key":"a03",""").And.Contain("\"seen_utc\":\"2026-11-01T12:00:00.000000Z\""));
    }

    [Test]
    public async Task Parquet_WholeFile_IsTheGoldFileItself()
    {
        using var answer = await _api.GetAsync(_tenant, $"{Download}?format=parquet");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        var blob = (await _api.JsonAsync(_tenant, "/api/datasets/latest_offers")).GetProperty("files")[0];
        Assert.That(bytes, Has.Length.EqualTo(blob.GetProperty("sizeBytes").GetInt32()));
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(bytes.Length));
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/vnd.apache.parquet"));
        Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Does.EndWith("-v1.parquet"));
        Assert.That(Read(bytes), Has.Count.EqualTo(50));
    }

    [TestCase("", 51)]
    [TestCase("&filter=price:lt:12", 3)]
    public async Task Parquet_SeveralFilesOrAQuery_IsOneNewFile(string query, int expected)
    {
        await _api.RunAsync(_tenant, 2, "shopify", Records.Offer("b1", 2, 5m));

        using var answer = await _api.GetAsync(_tenant, $"{Download}?format=parquet{query}");

        Assert.That(Read(await answer.Content.ReadAsByteArrayAsync()), Has.Count.EqualTo(expected));
    }

    [TestCase("gzip", true)]
    [TestCase("br, gzip;q=0.5", true)]
    [TestCase("gzip;q=0", false)]
    [TestCase("br", false)]
    [TestCase("", false)]
    public async Task Download_CallerAcceptsGzip_IsCompressed(string accepted, bool isCompressed)
    {
        using var answer = await _api.GetAsync(_tenant, $"{Download}?format=csv&columns=object_key", ("Accept-Encoding", accepted));
        var content = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(isCompressed ? new GZipStream(content, CompressionMode.Decompress) : content, Encoding.UTF8);

        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(isCompressed ? ["gzip"] : Array.Empty<string>()));
        Assert.That((await reader.ReadToEndAsync()).Split("\r\n"), Has.Length.EqualTo(52));
        Assert.That(answer.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
    }

    [Test]
    public async Task Download_SameVersionAgain_Is304UntilARunHasChangedIt()
    {
        var address = $"{Download}?format=csv&filter=price:lt:13";
        using var first = await _api.GetAsync(_tenant, address);
        var tag = first.Headers.ETag!.ToString();

        using var again = await _api.GetAsync(_tenant, address, ("If-None-Match", tag));
        using var other = await _api.GetAsync(_tenant, $"{Download}?format=csv&filter=price:lt:14", ("If-None-Match", tag));
        using var raw = await _api.GetAsync(_tenant, $"{address}&formulas=raw", ("If-None-Match", tag));
        await _api.RunAsync(_tenant, 2, "generic-shop", NewOffer(3));
        using var later = await _api.GetAsync(_tenant, address, ("If-None-Match", tag));

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(new[] { other.StatusCode, raw.StatusCode, later.StatusCode }, Is.All.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Download_ManyAtOnce_AllGetTheirRows()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TextAsync($"{Download}?format=jsonl&columns=object_key&sort=price")));

        Assert.That(answers.Distinct().Single().Split('\n'), Has.Length.EqualTo(51));
    }

    [TestCase("?format=xlsx", "format")]
    [TestCase("?format=csv&formulas=no", "formulas")]
    [TestCase("?format=csv&filter=x", "filter")]
    public async Task Download_WrongParameter_IsAProblemThatNamesIt(string query, string field)
    {
        var problem = await _api.JsonAsync(_tenant, Download + query, HttpStatusCode.BadRequest);

        Assert.That(problem.GetProperty("errors").EnumerateObject().Single().Name, Is.EqualTo(field));
    }

    [Test]
    public async Task Download_DatasetWithoutRows_IsEmpty()
    {
        Assert.That(await TextAsync("/api/datasets/price_changes/download?format=jsonl"), Is.Empty);
        Assert.That(await TextAsync("/api/datasets/price_changes/download?format=csv&columns=object_key"), Is.EqualTo("object_key\r\n"));
        using var parquet = await _api.GetAsync(_tenant, "/api/datasets/price_changes/download?format=parquet");
        Assert.That(Read(await parquet.Content.ReadAsByteArrayAsync()), Is.Empty);
    }

    private static Offer NewOffer(int i) =>
        Records.Offer($"a{i:D2}", 1, 10m + i) with { Name = i == 1 ? "=1+1, \"x\"" : $"Shoe a{i:D2}" };

    private async Task<string> TextAsync(string address)
    {
        using var answer = await _api.GetAsync(_tenant, address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }

    private static IReadOnlyList<string> Read(byte[] parquet)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "answer.parquet");
        File.WriteAllBytes(path, parquet);
        return Workspace.Rows(path, "object_key");
    }
}
