using Azure;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class BlobContainerAccessTests
{
    private const string Name = "gold/file.txt";

    private TenantId _tenant;
    private TenantId _other;

    [SetUp]
    public async Task WriteBlobsAsync()
    {
        (_tenant, _other) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        await using var storage = await TestStorage.CreateAsync();
        foreach (var tenant in new[] { _tenant, _other })
        {
            using var content = new MemoryStream([1, 2, 3]);
            await storage.GetRequiredService<BlobArtifactStore>().WriteAsync(tenant, Name, content, CancellationToken.None);
        }
    }

    [Test]
    public async Task GrantAsync_OwnContainer_ReadsAndLists()
    {
        var container = new BlobContainerClient((await GrantAsync()).SasUrl);

        var names = await container.GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
        var content = await container.GetBlobClient(Name).DownloadContentAsync();

        Assert.That(names, Is.EqualTo(new[] { Name }));
        Assert.That(content.Value.Content.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task GrantAsync_OwnContainer_ChangesNothing()
    {
        var container = new BlobContainerClient((await GrantAsync()).SasUrl);

        Func<Task>[] changes =
        [
            () => container.GetBlobClient(Name).UploadAsync(BinaryData.FromString("x"), overwrite: true),
            () => container.GetBlobClient("new").UploadAsync(BinaryData.FromString("x")),
            () => container.GetBlobClient(Name).DeleteAsync(),
            () => container.GetBlobClient(Name).SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }),
            () => container.DeleteAsync(),
        ];

        foreach (var change in changes)
        {
            Assert.That(() => change(), Refused);
        }
    }

    [Test]
    public async Task GrantAsync_OtherContainers_AreOutOfReach()
    {
        var access = await GrantAsync();
        BlobContainerClient Container(string name) => new(new BlobUriBuilder(access.SasUrl) { BlobContainerName = name }.ToUri());

        Assert.That(() => Container(BlobNames.Container(_other)).GetBlobClient(Name).DownloadContentAsync(), Refused);
        Assert.That(async () => await Container(BlobNames.Container(_other)).GetBlobsAsync().AnyAsync(), Refused);
        Assert.That(() => Container(BlobNames.SystemContainer).GetBlobClient("x").DownloadContentAsync(), Refused);
        Assert.That(async () => await new BlobServiceClient(new Uri($"{access.ContainerUrl.GetLeftPart(UriPartial.Authority)}/devstoreaccount1{access.SasUrl.Query}")).GetBlobContainersAsync().AnyAsync(), Refused);
    }

    [Test]
    public async Task GrantAsync_ItsTimeIsOver_OpensNothing()
    {
        var container = new BlobContainerClient((await GrantAsync(new ManualTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-16)))).SasUrl);

        Assert.That(() => container.GetBlobClient(Name).DownloadContentAsync(), Refused);
    }

    [Test]
    public async Task GrantAsync_Answer_SaysWhereAndHowLong()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));

        var access = await GrantAsync(time);

        Assert.That(access.ExpiresUtc, Is.EqualTo(time.GetUtcNow().AddMinutes(15)));
        Assert.That(access.ContainerUrl.AbsolutePath, Does.EndWith($"/t-{_tenant}"));
        Assert.That(access.ContainerUrl.Query, Is.Empty);
        Assert.That(access.SasUrl.Query, Does.Contain("sp=rl").And.Contain("sr=c").And.Contain("se=2026-11-21T10%3A15%3A00Z"));
    }

    private static NUnit.Framework.Constraints.Constraint Refused => Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(403);

    private async Task<ContainerAccess> GrantAsync(TimeProvider? time = null)
    {
        await using var storage = await TestStorage.CreateAsync(time);
        return await storage.GetRequiredService<BlobContainerAccess>().GrantAsync(_tenant, TimeSpan.FromMinutes(15), CancellationToken.None);
    }
}
