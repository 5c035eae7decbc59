using Marketline.Core.Lineage;
using Marketline.Core.Naming;

namespace Marketline.Tests.Activities.Lineage;

public sealed class ListBatchesActivityTests
{
    [Test]
    public async Task RunAsync_SomeBatches_AreRangesInOrder()
    {
        await using var worker = await ActivityWorker.StartAsync();
        var run = ActivityWorker.NewRun();
        foreach (var batch in new[] { 0, 1, 3, BatchNumbers.FirstOf(1), BatchNumbers.FirstOf(12), BatchNumbers.FirstOf(12) + 1 })
        {
            await worker.Blobs(run).WriteOutcomesAsync(batch);
            await worker.Blobs(run).WriteGoldOutcomesAsync(batch);
        }

        var output = await worker.ListBatchesAsync(run);

        Assert.That(output.Batches, Is.EqualTo(new BatchRange[] { new(0, 2), new(3, 1), new(100_000, 1), new(1_200_000, 2) }));
    }
}
