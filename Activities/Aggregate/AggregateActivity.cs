using System.Diagnostics;
using System.Globalization;
using Marketline.Analytics.Gold;
using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Aggregate;

/// <summary>
/// Merges a run's clean batches into the tenant's gold datasets and makes the new files current, all or none. A second run
/// finds the first one's commit and returns its result; files of an attempt that did not commit are overwritten.
/// </summary>
public sealed class AggregateActivity(
    BlobArtifactStore blobs,
    BlobManifestStore manifests,
    BlobGoldCommitStore commits,
    GoldAggregator aggregator,
    TimeProvider time
)
{
    private const int MaxParallelDownloads = 8;
    private const int SmallRun = 5;

    [Function(nameof(AggregateActivity))]
    public async Task<AggregateOutput> RunAsync(
        [ActivityTrigger] AggregateInput input,
        CancellationToken cancellationToken
    )
    {
        await using var held = await commits.TryAcquireAsync(input.Run.TenantId, cancellationToken);
        if (held is null)
        {
            return new AggregateOutput { IsBusy = true };
        }

        if (await commits.FindResultAsync(input.Run, cancellationToken) is { } done)
        {
            return done;
        }

        using var folder = new TemporaryFolder();
        return await held.WhileHeldAsync(token => TryAggregateAsync(input, held, folder, token), cancellationToken);
    }

    private async Task<AggregateOutput> TryAggregateAsync(
        AggregateInput input,
        LeasedRecord<GoldCommit> held,
        TemporaryFolder folder,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<CleanBatchFile> batches = [];
        try
        {
            batches = await DownloadBatchesAsync(input, folder, cancellationToken);
            return await AggregateAsync(input, held, batches, folder, cancellationToken);
        }
        catch (DamagedBatchException damage)
            when (batches.FirstOrDefault(file => file.Path == damage.Path) is { } damaged)
        {
            return new AggregateOutput { DamagedBatches = [damaged.Batch] };
        }
    }

    private async Task<AggregateOutput> AggregateAsync(
        AggregateInput input,
        LeasedRecord<GoldCommit> held,
        IReadOnlyList<CleanBatchFile> batches,
        TemporaryFolder folder,
        CancellationToken cancellationToken
    )
    {
        var run = input.Run;
        if (batches.Count == 0 && !(input.HasUnchanged && await LacksDayAsync(run, cancellationToken)))
        {
            var nothing = new AggregateOutput();
            await commits.CommitAsync(held, new GoldCommit { Run = run, Result = nothing, Manifests = [] }, cancellationToken);
            return nothing;
        }

        // DuckDB takes memory of its own: what the crawl left behind is given back first, or both stand beside each other at the peak.
        // A run of a thousand objects or so takes next to nothing of DuckDB's memory, and many of them would keep the worker collecting.
        if (batches.Count > SmallRun)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        var startedAt = Stopwatch.GetTimestamp();
        var job = await JobAsync(run, batches, folder, cancellationToken);
        var gold =
            run.Kind == CrawlKind.Reviews
                ? await aggregator.AggregateReviewsAsync(job, cancellationToken)
                : await aggregator.AggregateOffersAsync(job, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);

        var publication = new GoldPublication(run, blobs, manifests, time);
        var commit = await publication.PrepareAsync(gold, elapsed, cancellationToken);
        await commits.CommitAsync(held, commit, cancellationToken);
        return commit.Result;
    }

    /// <summary>Whether there are prices, and none of the run's day yet: an index of every day is what the dataset promises.</summary>
    private async Task<bool> LacksDayAsync(RunRef run, CancellationToken cancellationToken)
    {
        if (run.Kind == CrawlKind.Reviews)
        {
            return false;
        }

        var day = GoldPublication.DatePartition(run);
        var index = await manifests.ReadAsync(run.TenantId, DatasetNames.PriceIndex, cancellationToken);
        return index is not null && index.Manifest.Files.All(file => file.Partition != day);
    }

    private async Task<GoldJob> JobAsync(
        RunRef run,
        IReadOnlyList<CleanBatchFile> batches,
        TemporaryFolder folder,
        CancellationToken cancellationToken
    )
    {
        var dataset = run.Kind == CrawlKind.Reviews ? DatasetNames.LatestReviews : DatasetNames.LatestOffers;
        var current = await manifests.ReadAsync(run.TenantId, dataset, cancellationToken);
        var files = current?.Manifest.Files ?? [];
        var partition = GoldPublication.PlatformPartition(run);
        var own = files.Where(file => file.Partition == partition).Select(file => file.Blob);
        var others = run.Kind == CrawlKind.Reviews ? [] : files.Where(file => file.Partition != partition).Select(file => file.Blob);
        return new GoldJob
        {
            RunId = run.RunId.Value,
            Dt = run.RunId.Date,
            Batches = batches,
            PreviousFiles = await DownloadAsync(run.TenantId, own, folder, "previous", cancellationToken),
            OtherPlatformFiles = await DownloadAsync(run.TenantId, others, folder, "other", cancellationToken),
            WorkFolder = Directory.CreateDirectory(folder.Combine("gold")).FullName,
        };
    }

    private async Task<IReadOnlyList<CleanBatchFile>> DownloadBatchesAsync(
        AggregateInput input,
        TemporaryFolder folder,
        CancellationToken cancellationToken
    )
    {
        var names = new List<(int Batch, string Name)>();
        await foreach (var name in blobs.ListAsync(input.Run.TenantId, BlobNames.CleanFolder(input.Run), cancellationToken))
        {
            var batch = BlobNames.BatchOf(name);
            if (!input.ExcludedBatches.Contains(batch))
            {
                names.Add((batch, name));
            }
        }

        var paths = await DownloadAsync(input.Run.TenantId, names.Select(file => file.Name), folder, "batch", cancellationToken);
        return [.. names.Zip(paths, (file, path) => new CleanBatchFile(file.Batch, path))];
    }

    private async Task<IReadOnlyList<string>> DownloadAsync(
        TenantId tenantId,
        IEnumerable<string> names,
        TemporaryFolder folder,
        string prefix,
        CancellationToken cancellationToken
    )
    {
        var files = names
            .Select((name, i) => (Name: name, Path: folder.Combine(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i:D6}.parquet"))))
            .ToList();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = MaxParallelDownloads,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            files,
            options,
            async (file, token) => await blobs.ReadToFileAsync(tenantId, file.Name, file.Path, token)
        );
        return [.. files.Select(file => file.Path)];
    }
}
