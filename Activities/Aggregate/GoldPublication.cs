using System.Globalization;
using Marketline.Activities.Clean;
using Marketline.Core.Aggregate;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Aggregate;

/// <summary>
/// Uploads what the gold step wrote and prepares the commit that makes it current. Nothing is visible to readers before the
/// commit; the names carry the run, so another attempt overwrites them.
/// </summary>
internal sealed class GoldPublication(
    RunRef run,
    BlobArtifactStore blobs,
    BlobManifestStore manifests,
    TimeProvider time
)
{
    public static string PlatformPartition(RunRef run) => $"platform={run.Platform}";

    public static string DatePartition(RunRef run) => string.Create(CultureInfo.InvariantCulture, $"dt={run.RunId.Date:yyyy-MM-dd}");

    public async Task<GoldCommit> PrepareAsync(GoldResult gold, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var files = new List<(string Dataset, ManifestFile File)>();
        foreach (var dataset in gold.Files.GroupBy(file => file.Dataset))
        {
            var partition = PartitionOf(dataset.Key);
            foreach (var (file, part) in dataset.Select((file, part) => (file, part)))
            {
                var blob = BlobNames.Gold(dataset.Key, partition, run.RunId, part);
                await blobs.WriteFileAsync(run.TenantId, blob, file.Path, cancellationToken);
                files.Add((dataset.Key, new ManifestFile(blob, partition, run.RunId, file.RowCount, file.SizeBytes)));
            }
        }

        await WriteOutcomesAsync(gold, elapsed, cancellationToken);
        var next = new List<DatasetManifest>();
        foreach (var dataset in files.GroupBy(file => file.Dataset, file => file.File))
        {
            next.Add(await NextManifestAsync(dataset.Key, [.. dataset], cancellationToken));
        }

        return new GoldCommit
        {
            Run = run,
            Manifests = next,
            Result = new AggregateOutput
            {
                Datasets = [.. files.Select(file => new DatasetWrite(file.Dataset, file.File.Blob, file.File.RowCount))],
                Objects = new ObjectCounts
                {
                    Delivered = gold.Outcomes.Sum(batch => batch.DeliveredCount),
                    Unchanged = gold.Outcomes.Sum(batch => batch.UnchangedCount),
                    Filtered = gold.Outcomes.Sum(batch => batch.FilteredCount),
                },
            },
        };
    }

    /// <summary>Latest datasets are replaced per platform, the index per day; changes only ever grow.</summary>
    private string PartitionOf(string dataset) =>
        dataset switch
        {
            DatasetNames.PriceIndex => DatePartition(run),
            DatasetNames.PriceChanges => $"{DatePartition(run)}/{PlatformPartition(run)}",
            _ => PlatformPartition(run),
        };

    private async Task<DatasetManifest> NextManifestAsync(
        string dataset,
        IReadOnlyList<ManifestFile> files,
        CancellationToken cancellationToken
    )
    {
        var current = (await manifests.ReadAsync(run.TenantId, dataset, cancellationToken))?.Manifest;
        var isGrowing = dataset == DatasetNames.PriceChanges;
        var kept = (current?.Files ?? []).Where(file => isGrowing || file.Partition != files[0].Partition);
        var added = isGrowing ? files.Where(file => file.RowCount > 0) : files;
        return new DatasetManifest
        {
            Dataset = dataset,
            Version = (current?.Version ?? 0) + 1,
            UpdatedUtc = time.GetUtcNow(),
            UpdatedBy = run.RunId,
            Files = [.. kept.Concat(added).OrderBy(file => file.Blob, StringComparer.Ordinal)],
        };
    }

    private async Task WriteOutcomesAsync(GoldResult gold, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var nowUtc = time.GetUtcNow();
        var objectCount = gold.Outcomes.Sum(batch => batch.DeliveredCount + batch.UnchangedCount + batch.FilteredCount);
        var share = Math.Round(elapsed.TotalMilliseconds / Math.Max(1, objectCount), 3);
        var latest = $"gold/{gold.Files[0].Dataset}/{PlatformPartition(run)}/run={run.RunId}";
        foreach (var batch in gold.Outcomes)
        {
            var outcomes = new List<GoldOutcome>();
            await using var lines = File.OpenRead(batch.Path);
            await foreach (var line in BatchOutcomeFile.ReadAsync(lines, cancellationToken))
            {
                var (state, reason) = Meaning(line);
                var dataset = state == ObjectState.Filtered ? null : latest;
                outcomes.Add(new GoldOutcome(line.ObjectKey, state, reason, nowUtc, share, dataset));
            }

            var name = BlobNames.GoldOutcome(run, batch.Batch);
            await OutcomeFile.WriteAsync(blobs, run.TenantId, name, outcomes, cancellationToken);
        }
    }

    private static (ObjectState State, string Reason) Meaning(RecordOutcome line) =>
        line.State switch
        {
            RecordOutcomeState.Delivered => (ObjectState.Delivered, "new-or-changed"),
            RecordOutcomeState.Unchanged => (ObjectState.Unchanged, "same-content"),
            _ => (ObjectState.Filtered, line.Reason ?? "duplicate"),
        };
}
