using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class BlobRawArchiveStoreTests
{
    [Test]
    public async Task Commit_SegmentsInOrder_ArchiveIsTheirSum()
    {
        await using var storage = await TestStorage.CreateAsync();
        var run = NewRun();

        await WriteAsync(storage, run, segment: 0, "one ");
        await WriteAsync(storage, run, segment: 1, "two ");

        Assert.That(await ReadAsync(storage, run), Is.EqualTo("one two "));
    }

    [Test]
    public async Task Commit_SegmentRunsAgain_ReplacesItsOwnPartOnly()
    {
        await using var storage = await TestStorage.CreateAsync();
        var run = NewRun();
        await WriteAsync(storage, run, segment: 0, "one ");
        await WriteAsync(storage, run, segment: 1, "two ");

        await WriteAsync(storage, run, segment: 1, "again ");

        Assert.That(await ReadAsync(storage, run), Is.EqualTo("one again "));
    }

    [Test]
    public async Task Dispose_WithoutCommit_LeavesTheArchiveAsItWas()
    {
        await using var storage = await TestStorage.CreateAsync();
        var run = NewRun();
        await WriteAsync(storage, run, segment: 0, "one ");

        await using (var segment = await Archives(storage).OpenSegmentAsync(run, 0, 1, 0, default))
        {
            await segment.WriteAsync(Encoding.ASCII.GetBytes("lost"));
        }

        Assert.That(await ReadAsync(storage, run), Is.EqualTo("one "));
    }

    [Test]
    public async Task Write_MoreThanABlock_ArrivesWhole()
    {
        await using var storage = await TestStorage.CreateAsync();
        var run = NewRun();
        var text = string.Concat(Enumerable.Range(0, 1_200_000).Select(i => $"{i} "));

        await WriteAsync(storage, run, segment: 0, text);

        Assert.That(await ReadAsync(storage, run), Is.EqualTo(text));
    }

    private static RunRef NewRun() =>
        new()
        {
            RunId = new RunId(TestStorage.NewTenant(), PlanId.Parse("p"), DateTimeOffset.UnixEpoch),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
        };

    private static BlobRawArchiveStore Archives(IServiceProvider storage) =>
        storage.GetRequiredService<BlobRawArchiveStore>();

    private static async Task WriteAsync(IServiceProvider storage, RunRef run, int segment, string text)
    {
        await using var stream = await Archives(storage).OpenSegmentAsync(run, 0, segment, 0, default);
        foreach (var chunk in Encoding.ASCII.GetBytes(text).Chunk(100_000))
        {
            await stream.WriteAsync(chunk);
        }

        await stream.CommitAsync(default);
    }

    private static async Task<string> ReadAsync(IServiceProvider storage, RunRef run)
    {
        var blobs = storage.GetRequiredService<BlobArtifactStore>();
        await using var content = await blobs.OpenReadAsync(run.TenantId, BlobNames.Raw(run, 0), default);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }
}
