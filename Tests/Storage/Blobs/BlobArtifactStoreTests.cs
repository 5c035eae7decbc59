using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class BlobArtifactStoreTests
{
    private const string Name = "targets/run/seen-000.bin";

    private ServiceProvider _storage = null!;
    private BlobArtifactStore _blobs = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUpAsync()
    {
        _storage = await TestStorage.CreateAsync();
        _blobs = _storage.GetRequiredService<BlobArtifactStore>();
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDownAsync() => await _storage.DisposeAsync();

    [Test]
    public async Task AppendAsync_SeveralTimes_IsOneAfterTheOther()
    {
        await AppendAsync([1, 2]);
        await AppendAsync([3]);

        Assert.That(await ReadAsync(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task AppendAsync_New_BeginsAgain()
    {
        await AppendAsync([1, 2]);

        await AppendAsync([3], isNew: true);

        Assert.That(await ReadAsync(), Is.EqualTo(new byte[] { 3 }));
    }

    [Test]
    public async Task AppendAsync_MoreThanABlock_IsAppendedInSeveral()
    {
        var content = new byte[9_000_001];
        new Random(1).NextBytes(content);

        await AppendAsync(content);

        Assert.That((await ReadAsync()).AsSpan().SequenceEqual(content));
    }

    private Task AppendAsync(byte[] content, bool isNew = false) => _blobs.AppendAsync(_tenant, Name, content, isNew, CancellationToken.None);

    private async Task<byte[]> ReadAsync()
    {
        await using var content = await _blobs.OpenReadAsync(_tenant, Name, CancellationToken.None);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
