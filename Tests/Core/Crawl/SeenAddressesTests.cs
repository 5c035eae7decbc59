using System.Diagnostics;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Crawl;

public sealed class SeenAddressesTests
{
    [Test]
    public async Task RemoveAsync_OtherBatchHasIt_IsTakenOut()
    {
        using var file = File(("/a", 0), ("/b", 1), ("/c", 2));

        var left = await RemainingAsync(file, batch: 1, "/a", "/b", "/c", "/d");

        Assert.That(left, Is.EqualTo(new[] { "/b", "/d" }), "its own and the new one");
    }

    [Test]
    public async Task RemoveAsync_BothHaveIt_IsTakenOut()
    {
        using var file = File(("/a", 1), ("/a", 0), ("/a", 1));

        var left = await RemainingAsync(file, batch: 1, "/a");

        Assert.That(left, Is.Empty);
    }

    [Test]
    public async Task RemoveAsync_EntriesTwice_CountOnce()
    {
        using var file = File(("/a", 0), ("/b", 1), ("/a", 0), ("/b", 1));

        var left = await RemainingAsync(file, batch: 1, "/a", "/b");

        Assert.That(left, Is.EqualTo(new[] { "/b" }));
    }

    [Test]
    public async Task RemoveAsync_LongFile_IsReadToItsEnd()
    {
        using var file = File([.. Enumerable.Range(0, 20_000).Select(i => ($"/{i}", i / 200))]);

        var left = await RemainingAsync(file, batch: 5_000, "/0", "/9999", "/19999", "/20000");

        Assert.That(left, Is.EqualTo(new[] { "/20000" }));
    }

    [Test]
    public async Task RemoveAsync_LastEntryIsCutOff_TheOthersCount()
    {
        using var file = File(("/a", 0), ("/b", 0));
        file.SetLength(file.Length - 1);

        var left = await RemainingAsync(file, batch: 1, "/a", "/b");

        Assert.That(left, Is.EqualTo(new[] { "/b" }));
    }

    [Explicit("Measures.")]
    [TestCase(100_000)]
    [TestCase(1_000_000)]
    public async Task RemoveAsync_LargeSite_TakesLittleTimeAndMemory(int count)
    {
        var path = Path.GetTempFileName();
        await using (var written = System.IO.File.Create(path))
        {
            for (var i = 0; i < count; i++)
            {
                SeenAddresses.Write(written, $"/{i}", i / 200);
            }
        }

        var digests = Enumerable.Range(0, 400).Select(i => Digest.NumberOf($"/new/{i}")).ToHashSet();
        await using var file = System.IO.File.OpenRead(path);
        await SeenAddresses.RemoveAsync(file, batch: 1, digests, CancellationToken.None);
        file.Position = 0;

        var (allocated, startedAt) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await SeenAddresses.RemoveAsync(file, batch: 1, digests, CancellationToken.None);

        TestContext.Out.WriteLine($"{count} addresses: {Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:F1} ms, {(GC.GetTotalAllocatedBytes() - allocated) / 1024} KB");
        System.IO.File.Delete(path);
        Assert.That(digests, Has.Count.EqualTo(400));
    }

    private static MemoryStream File(params (string Url, int Batch)[] entries)
    {
        var file = new MemoryStream();
        foreach (var (url, batch) in entries)
        {
            SeenAddresses.Write(file, url, batch);
        }

        return file;
    }

    private static async Task<List<string>> RemainingAsync(MemoryStream file, int batch, params string[] urls)
    {
        var digests = urls.Select(Digest.NumberOf).ToHashSet();
        file.Position = 0;
        await SeenAddresses.RemoveAsync(file, batch, digests, CancellationToken.None);
        return [.. urls.Where(url => digests.Contains(Digest.NumberOf(url)))];
    }
}
