using System.IO.Compression;
using System.Text;
using Marketline.Activities.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Tests.Activities.Clean;

/// <summary>Review authors are personal data: beyond the raw archive there is only their keyed hash.</summary>
public sealed class CleanBatchPrivacyTests
{
    private const string Kept = "Ada Wolkenstein";
    private const string Rejected = "Béla Quintessenz";

    private static readonly FetchedPage Page = ShopPages.Reviews(
        "kettle",
        (Kept, "4", "Boils quickly."),
        (Rejected, "very good", "")
    );

    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public async Task CleanAsync()
    {
        _run = ActivityWorker.NewRun(CrawlKind.Reviews);
        await _worker.Blobs(_run).WriteTargetsAsync(0, ShopPages.Targets(Page));
        await _worker.Blobs(_run).WriteRawAsync(0, Page);

        var output = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 1));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Quarantined = 1 }));
    }

    [Test]
    public async Task RunAsync_Reviews_NoDerivedBlobNamesAnAuthor()
    {
        var blobs = _worker.Blobs(_run);
        var texts = new Dictionary<string, string>
        {
            ["clean"] = string.Concat((await blobs.RowsAsync(BlobNames.Clean(_run, 0))).Select(row => row.GetRawText())),
            ["quarantine"] = Encoding.UTF8.GetString((await blobs.FindAsync(BlobNames.Quarantine(_run, 0)))!),
            ["outcome"] = Unzip((await blobs.FindAsync(BlobNames.Outcome(_run, 0)))!),
        };

        Assert.That(await blobs.ListAsync(), Has.Count.EqualTo(5), "targets, raw, and the three that are looked into");
        foreach (var (zone, text) in texts)
        {
            Assert.That(text, Has.Length.GreaterThan(100), zone);
            Assert.That(text, Does.Not.Contain("Wolkenstein").And.Not.Contain("Quintessenz").And.Not.Contain("Béla"), zone);
        }
    }

    [Test]
    public async Task RunAsync_Reviews_AuthorsAreTheTenantsHashes()
    {
        var authors = _worker.Get<AuthorKeys>().For(_run.TenantId);

        var row = (await _worker.Blobs(_run).RowsAsync(BlobNames.Clean(_run, 0))).Single();
        var record = (await _worker.Blobs(_run).QuarantinedAsync(0)).Single();

        Assert.That(row.GetProperty("author_hash").GetString(), Is.EqualTo(authors.Hash(Kept)));
        Assert.That(record.Object!.Text(FieldNames.Author), Is.EqualTo(authors.Hash(Rejected)));
        Assert.That(record.Violations.Select(violation => violation.Rule), Does.Contain(CleanRules.ReviewEmpty));
    }

    [Test]
    public void AuthorKeys_TwoTenants_HashesCanNotBeJoined()
    {
        var keys = _worker.Get<AuthorKeys>();

        var hashes = new[] { keys.For(_run.TenantId), keys.For(ActivityWorker.NewRun().TenantId) }.Select(authors => authors.Hash(Kept));

        Assert.That(hashes, Is.Unique);
    }

    private static string Unzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
