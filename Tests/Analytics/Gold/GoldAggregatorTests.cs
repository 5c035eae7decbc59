using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;

namespace Marketline.Tests.Analytics.Gold;

public sealed class GoldAggregatorTests
{
    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateOffersAsync_Twice_WritesTheSameBytes()
    {
        var (previous, batches) = await TwoRunsAsync(_workspace);

        var first = await _workspace.AggregateAsync("run2", previous, batches);
        var second = await _workspace.AggregateAsync("run2", previous, batches);

        Assert.That(await BytesAsync(second), Is.EqualTo(await BytesAsync(first)));
    }

    [Test]
    public async Task AggregateOffersAsync_MoreThreadsAndOtherBatchOrder_WritesTheSameBytes()
    {
        using var other = new Workspace(options => options.ThreadCount = 4);
        var (previous, batches) = await TwoRunsAsync(_workspace);

        var first = await _workspace.AggregateAsync("run2", previous, batches);
        var second = await other.AggregateAsync("run2", previous, batches.Reverse().ToArray());

        Assert.That(await BytesAsync(second), Is.EqualTo(await BytesAsync(first)));
    }

    [TestCase("cut off")]
    [TestCase("text")]
    [TestCase("empty")]
    [TestCase("gone")]
    [TestCase("other columns")]
    [TestCase("flipped bytes")]
    public async Task AggregateOffersAsync_DamagedBatch_NamesTheFile(string damage)
    {
        var good = await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 1m));
        var bad = await _workspace.WriteBatchAsync(
            1,
            Enumerable.Range(0, 2_000).Select(i => Records.Offer($"{i * 7919 % 2_000:x8}", 1, i + 1m)).ToArray()
        );
        await DamageAsync(bad.Path, damage);

        Assert.That(
            async () => await _workspace.AggregateAsync("run1", null, good, bad),
            Throws.TypeOf<DamagedBatchException>().With.Property("Path").EqualTo(bad.Path).And.Message.Contains(bad.Path)
        );
        Assert.That((await _workspace.AggregateAsync("run1", null, good)).Files, Is.Not.Empty, "the next job runs");
    }

    [Test]
    public async Task AggregateOffersAsync_DamagedPreviousFile_NamesTheFile()
    {
        var previous = await _workspace.AggregateAsync("run1", null, await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 1m)));
        var path = Workspace.Latest(previous)[0];
        await DamageAsync(path, "cut off");

        Assert.That(
            async () => await _workspace.AggregateAsync("run2", previous, await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 2m))),
            Throws.TypeOf<DamagedBatchException>().With.Property("Path").EqualTo(path)
        );
    }

    [TestCase("it's; DROP TABLE job")]
    [TestCase("a [1] * ? {x} ü")]
    [TestCase("back\\slash")]
    [TestCase("dt=2026-11-21")]
    public async Task AggregateOffersAsync_UnusualFileNames_AreJustNames(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_workspace.Folder, name)).FullName;
        var path = Path.Combine(folder, $"{name}.parquet");
        await _workspace.Writer.WriteOffersAsync([Records.Offer("a", 1, 1m)], path, CancellationToken.None);
        await _workspace.Writer.WriteOffersAsync([Records.Offer("b", 1, 1m)], Path.Combine(folder, "a 1 x y z.parquet"), CancellationToken.None);
        var job = _workspace.Job("run1", null, new CleanBatchFile(3, path)) with { WorkFolder = folder };

        var first = await _workspace.Aggregator.AggregateOffersAsync(job, CancellationToken.None);
        var second = await _workspace.AggregateAsync("run2", first, new CleanBatchFile(3, path));

        Assert.That(Workspace.Rows(second, DatasetNames.LatestOffers, "object_key"), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task AggregateOffersAsync_SeveralJobsAtOnce_GiveTheirOwnResults()
    {
        var batches = new List<CleanBatchFile>();
        for (var i = 0; i < 5; i++)
        {
            batches.Add(await _workspace.WriteBatchAsync(i, Records.Offer($"k{i}", 1, i + 1m)));
        }

        var results = await Task.WhenAll(batches.Select(b => _workspace.AggregateAsync("run1", null, b)));

        Assert.That(
            results.SelectMany(r => Workspace.Rows(r, DatasetNames.LatestOffers, "object_key")),
            Is.EqualTo(batches.Select(b => $"k{b.Batch}"))
        );
    }

    [Test]
    public async Task AggregateOffersAsync_Cancelled_ThrowsAndLeavesNoTempFiles()
    {
        var batch = await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 1m));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(
            async () => await _workspace.Aggregator.AggregateOffersAsync(_workspace.Job("run1", null, batch), cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_workspace.Folder, "temp")), Is.Empty);
    }

    private static async Task<(GoldResult Previous, CleanBatchFile[] Batches)> TwoRunsAsync(Workspace workspace)
    {
        var first = new List<CleanBatchFile>();
        var second = new List<CleanBatchFile>();
        for (var batch = 0; batch < 10; batch++)
        {
            first.Add(await workspace.WriteBatchAsync(batch, Offers(batch, day: 1)));
            second.Add(await workspace.WriteBatchAsync(batch, Offers(batch, day: 2)));
        }

        return (await workspace.AggregateAsync("run1", null, [.. first]), [.. second]);
    }

    /// <summary>Four hundred offers a batch, of which fifty stand in the next batch too.</summary>
    private static Offer[] Offers(int batch, int day) =>
        Enumerable
            .Range(batch * 350, 400)
            .Select(i =>
                Records.Offer(
                    ObjectKey.FromUrl($"https://shop.example/{i}"),
                    day,
                    i % 11 == 0 ? null : (i % 97) + (i % 5 == 0 ? day : 1),
                    i % 13 == 0 ? "USD" : "EUR",
                    category: i % 7 == 0 ? null : $"category {i % 30}"
                )
            )
            .ToArray();

    private static async Task<List<string>> BytesAsync(GoldResult result)
    {
        var paths = result.Files.Select(f => f.Path).Concat(result.Outcomes.Select(o => o.Path));
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add($"{Path.GetFileName(path)} {Digest.Of(await File.ReadAllBytesAsync(path))}");
        }

        return texts;
    }

    private async Task DamageAsync(string path, string damage)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        switch (damage)
        {
            case "cut off":
                await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
                break;
            case "text":
                await File.WriteAllTextAsync(path, "<html>not found</html>");
                break;
            case "empty":
                await File.WriteAllBytesAsync(path, []);
                break;
            case "gone":
                File.Delete(path);
                break;
            case "other columns":
                await _workspace.Writer.WriteReviewsAsync([Records.Review("r", 1, 1m)], path, CancellationToken.None);
                break;
            default:
                Array.Fill(bytes, (byte)0xA5, 200, bytes.Length / 2);
                await File.WriteAllBytesAsync(path, bytes);
                break;
        }
    }
}
