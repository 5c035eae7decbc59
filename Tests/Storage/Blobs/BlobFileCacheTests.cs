using System.Net;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Storage;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Storage.Blobs;

public sealed class BlobFileCacheTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private TenantId _tenant;
    private int _downloads;
    private Func<Task<HttpResponseMessage?>> _onDownload = null!;
    private StorageFaults _faults = null!;
    private BlobArtifactStore _blobs = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _tenant = TestStorage.NewTenant();
        _downloads = 0;
        _onDownload = () => Task.FromResult<HttpResponseMessage?>(null);
        _faults = new StorageFaults(request =>
        {
            if (request.Method != HttpMethod.Get)
            {
                return Task.FromResult<HttpResponseMessage?>(null);
            }

            Interlocked.Increment(ref _downloads);
            return _onDownload();
        });
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02) { Transport = _faults.Transport };
        options.Retry.MaxRetries = 0;
        _blobs = new BlobArtifactStore(new BlobContainers(new BlobServiceClient(await AzuriteFixture.ConnectionStringAsync(), options)));
    }

    [TearDown]
    public void TearDown()
    {
        _faults.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task OpenAsync_Again_DownloadsOnce()
    {
        using var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        await WriteAsync(_tenant, "b", 20);

        using var first = await cache.OpenAsync(_tenant, ["a", "b"], default);
        using var second = await cache.OpenAsync(_tenant, ["b", "a"], default);

        Assert.That(_downloads, Is.EqualTo(2));
        Assert.That(second.Paths.Reverse(), Is.EqualTo(first.Paths));
        Assert.That(first.Paths.Select(path => new FileInfo(path).Length), Is.EqualTo(new[] { 10, 20 }));
    }

    [Test]
    public async Task OpenAsync_ManyAtOnce_ShareOneDownload()
    {
        using var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        _onDownload = () => gate.Task;

        var opened = Enumerable.Range(0, 20).Select(_ => cache.OpenAsync(_tenant, ["a"], default)).ToList();
        gate.SetResult(null);
        foreach (var files in await Task.WhenAll(opened))
        {
            files.Dispose();
        }

        Assert.That(_downloads, Is.EqualTo(1));
    }

    [Test]
    public async Task OpenAsync_SameNameOfAnotherTenant_IsAnotherFile()
    {
        var other = TestStorage.NewTenant();
        using var cache = NewCache();
        await WriteAsync(_tenant, "gold/x", 10);
        await WriteAsync(other, "gold/x", 20);

        using var mine = await cache.OpenAsync(_tenant, ["gold/x"], default);
        using var theirs = await cache.OpenAsync(other, ["gold/x"], default);

        Assert.That(new FileInfo(mine.Paths[0]).Length, Is.EqualTo(10));
        Assert.That(new FileInfo(theirs.Paths[0]).Length, Is.EqualTo(20));
        Assert.That(() => cache.OpenAsync(TestStorage.NewTenant(), ["gold/x"], default), Throws.TypeOf<BlobMissingException>());
    }

    [Test]
    public async Task OpenAsync_MoreThanItMayKeep_LeavesTheLeastRecentlyUsedOut()
    {
        const int Size = 400_000;
        using var cache = NewCache(megabytes: 1);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await WriteAsync(_tenant, name, Size);
        }

        await TouchAsync(cache, "a");
        await TouchAsync(cache, "b");
        await TouchAsync(cache, "a");
        await TouchAsync(cache, "c");
        Assert.That(_downloads, Is.EqualTo(3));

        await TouchAsync(cache, "a");
        await TouchAsync(cache, "c");
        Assert.That(_downloads, Is.EqualTo(3), "still there");
        await TouchAsync(cache, "b");
        Assert.That(_downloads, Is.EqualTo(4), "had to go");
        Assert.That(Stored(), Is.LessThanOrEqualTo(1024 * 1024));
    }

    [Test]
    public async Task OpenAsync_FileIsInUse_IsNotTakenAway()
    {
        using var cache = NewCache(megabytes: 1);
        await WriteAsync(_tenant, "a", 700_000);
        await WriteAsync(_tenant, "b", 700_000);
        using var used = await cache.OpenAsync(_tenant, ["a"], default);

        await TouchAsync(cache, "b");

        Assert.That(new FileInfo(used.Paths[0]).Length, Is.EqualTo(700_000));
        used.Dispose();
        Assert.That(Stored(), Is.LessThanOrEqualTo(1024 * 1024));
    }

    [Test]
    public async Task OpenAsync_NobodyUsesAFileForAWhile_ItGoes()
    {
        using var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        await WriteAsync(_tenant, "b", 10);
        await TouchAsync(cache, "a");
        using var used = await cache.OpenAsync(_tenant, ["b"], default);

        _time.Advance(BlobFileCache.MaxIdleTime);

        Assert.That(Stored(), Is.EqualTo(10), "what is in use stays");
    }

    [Test]
    public async Task OpenAsync_DownloadFails_IsTriedAgainByTheNext()
    {
        using var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        _onDownload = () => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        Assert.That(() => cache.OpenAsync(_tenant, ["a"], default), Throws.TypeOf<Azure.RequestFailedException>());
        _onDownload = () => Task.FromResult<HttpResponseMessage?>(null);

        using var files = await cache.OpenAsync(_tenant, ["a"], default);

        Assert.That(new FileInfo(files.Paths[0]).Length, Is.EqualTo(10));
    }

    [Test]
    public async Task OpenAsync_CallerGoesAway_TheOthersGetTheFile()
    {
        using var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        _onDownload = () => gate.Task;
        using var end = new CancellationTokenSource();
        var first = cache.OpenAsync(_tenant, ["a"], end.Token);
        var second = cache.OpenAsync(_tenant, ["a"], default);

        await end.CancelAsync();
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult(null);

        using var files = await second;
        Assert.That(files.Paths, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task NewCache_AnotherProcessWasKilled_ClearsItsFilesAndNoOthers()
    {
        using var alive = NewCache();
        await WriteAsync(_tenant, "a", 10);
        using var used = await alive.OpenAsync(_tenant, ["a"], default);
        var left = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, ".lock"), "");
        await File.WriteAllTextAsync(Path.Combine(left, "0.parquet"), "content");

        using var cache = NewCache();
        await TouchAsync(cache, "a");

        Assert.That(Directory.Exists(left), Is.False);
        Assert.That(used.Paths[0], Does.Exist);
    }

    [Test]
    public async Task Dispose_Files_AreGone()
    {
        var cache = NewCache();
        await WriteAsync(_tenant, "a", 10);
        await TouchAsync(cache, "a");

        cache.Dispose();

        Assert.That(Directory.EnumerateFileSystemEntries(_folder.FullPath), Is.Empty);
    }

    private BlobFileCache NewCache(int megabytes = 256) =>
        new(_blobs, Options.Create(new StorageOptions { FileCacheFolder = _folder.FullPath, FileCacheMegabytes = megabytes }), _time);

    private async Task TouchAsync(BlobFileCache cache, string name) => (await cache.OpenAsync(_tenant, [name], default)).Dispose();

    private async Task WriteAsync(TenantId tenant, string name, int size)
    {
        using var content = new MemoryStream(new byte[size]);
        await _blobs.WriteAsync(tenant, name, content, default);
    }

    private long Stored() => new DirectoryInfo(_folder.FullPath).EnumerateFiles("*.parquet", SearchOption.AllDirectories).Sum(file => file.Length);
}
