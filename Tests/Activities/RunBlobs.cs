using System.Text;
using System.Text.Json;
using Marketline.Activities;
using Marketline.Activities.Clean;
using Marketline.Activities.Crawl;
using Marketline.Analytics.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Json;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;
using Marketline.Tests.Analytics;

namespace Marketline.Tests.Activities;

/// <summary>What a run's steps leave for each other, to be read, written and damaged by tests.</summary>
internal sealed class RunBlobs(ActivityWorker worker, RunRef run)
{
    private readonly BlobArtifactStore _blobs = worker.Get<BlobArtifactStore>();

    /// <returns>Null when the blob is not there.</returns>
    public async Task<byte[]?> FindAsync(string name)
    {
        try
        {
            await using var content = await _blobs.OpenReadAsync(run.TenantId, name, CancellationToken.None);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            return bytes.ToArray();
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    public async Task WriteAsync(string name, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await _blobs.WriteAsync(run.TenantId, name, content, CancellationToken.None);
    }

    public Task DeleteAsync(string name) => _blobs.DeleteIfExistsAsync(run.TenantId, name, CancellationToken.None);

    public async Task<List<string>> ListAsync(string prefix = "")
    {
        var names = new List<string>();
        await foreach (var name in _blobs.ListAsync(run.TenantId, prefix, CancellationToken.None))
        {
            names.Add(name);
        }

        return names;
    }

    public async Task WriteTargetsAsync(int batch, IEnumerable<CrawlTarget> targets)
    {
        using var content = TargetList.Write(targets);
        await WriteAsync(BlobNames.Targets(run, batch), content.ToArray());
    }

    public async Task<List<CrawlTarget>> TargetsAsync(int batch)
    {
        using var content = new MemoryStream(await FindAsync(BlobNames.Targets(run, batch)) ?? []);
        var targets = new List<CrawlTarget>();
        await foreach (var target in TargetList.ReadAsync(content, CancellationToken.None))
        {
            targets.Add(target);
        }

        return targets;
    }

    public async Task WriteRawAsync(int batch, params FetchedPage[] pages)
    {
        using var content = new MemoryStream();
        using var archive = new WarcWriter(content);
        await archive.WriteInfoAsync(new WarcInfo(run.RunId.ScheduledUtc, "Tests", "tests"), CancellationToken.None);
        foreach (var page in pages)
        {
            await archive.WriteAsync(page, CancellationToken.None);
        }

        await WriteAsync(BlobNames.Raw(run, batch), content.ToArray());
    }

    /// <summary>Every page of the raw archive, good and bad.</summary>
    public async Task<List<FetchedPage>> PagesAsync(int batch)
    {
        using var content = new MemoryStream(await FindAsync(BlobNames.Raw(run, batch)) ?? []);
        var pages = new List<FetchedPage>();
        await foreach (var page in new WarcReader(content).ReadPagesAsync(CancellationToken.None))
        {
            pages.Add(page);
        }

        return pages;
    }

    public async Task WriteCleanAsync(int batch, params Offer[] offers)
    {
        using var file = new TemporaryFile(".parquet");
        await worker.Get<CleanBatchWriter>().WriteOffersAsync(offers, file.Path, CancellationToken.None);
        await WriteAsync(BlobNames.Clean(run, batch), await File.ReadAllBytesAsync(file.Path));
    }

    public async Task WriteCleanAsync(int batch, params Review[] reviews)
    {
        using var file = new TemporaryFile(".parquet");
        await worker.Get<CleanBatchWriter>().WriteReviewsAsync(reviews, file.Path, CancellationToken.None);
        await WriteAsync(BlobNames.Clean(run, batch), await File.ReadAllBytesAsync(file.Path));
    }

    /// <summary>A Parquet blob's rows.</summary>
    public async Task<List<JsonElement>> RowsAsync(params IEnumerable<string> names)
    {
        using var folder = new Marketline.Activities.TemporaryFolder();
        var files = new List<string>();
        foreach (var name in names)
        {
            var path = folder.Combine($"{files.Count}.parquet");
            await _blobs.ReadToFileAsync(run.TenantId, name, path, CancellationToken.None);
            files.Add(path);
        }

        return Parquet.Rows(files);
    }

    public async Task<DatasetManifest?> ManifestAsync(string dataset) =>
        (await worker.Get<BlobManifestStore>().ReadAsync(run.TenantId, dataset, CancellationToken.None))?.Manifest;

    /// <summary>The current rows of a dataset.</summary>
    public async Task<List<JsonElement>> GoldAsync(string dataset) =>
        await RowsAsync((await ManifestAsync(dataset))?.Files.Select(file => file.Blob) ?? []);

    public async Task<List<QuarantineRecord>> QuarantinedAsync(int batch)
    {
        var text = Encoding.UTF8.GetString(await FindAsync(BlobNames.Quarantine(run, batch)) ?? []);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<QuarantineRecord>(line, JsonFormat.Options)!),
        ];
    }

    public Task<IReadOnlyList<ObjectOutcome>> OutcomesAsync(int batch) =>
        OutcomeFile.ReadAsync<ObjectOutcome>(_blobs, run.TenantId, BlobNames.Outcome(run, batch), CancellationToken.None);

    public Task<IReadOnlyList<GoldOutcome>> GoldOutcomesAsync(int batch) =>
        OutcomeFile.ReadAsync<GoldOutcome>(_blobs, run.TenantId, BlobNames.GoldOutcome(run, batch), CancellationToken.None);

    public Task WriteOutcomesAsync(int batch, params ObjectOutcome[] outcomes) =>
        OutcomeFile.WriteAsync(_blobs, run.TenantId, BlobNames.Outcome(run, batch), outcomes, CancellationToken.None);

    public Task WriteGoldOutcomesAsync(int batch, params GoldOutcome[] outcomes) =>
        OutcomeFile.WriteAsync(_blobs, run.TenantId, BlobNames.GoldOutcome(run, batch), outcomes, CancellationToken.None);
}
