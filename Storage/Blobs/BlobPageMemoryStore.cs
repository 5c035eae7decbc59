using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Marketline.Storage.Blobs;

/// <summary>
/// What a plan knows of a site's pages: one blob for each site, written at a run's end under the run's name, so that workers can keep
/// it as a file. Losing it costs nothing but that every page is read again.
/// </summary>
public sealed partial class BlobPageMemoryStore(BlobArtifactStore blobs, BlobFileCache files, ILogger<BlobPageMemoryStore> logger)
{
    /// <returns>What the newest run left; null when there is nothing, or nothing that can be read.</returns>
    public async Task<PageMemory?> OpenAsync(RunRef run, Uri site, CancellationToken cancellationToken)
    {
        var names = await ListAsync(run, BlobNames.PagesFolder(run, site), cancellationToken);
        if (names.Count == 0)
        {
            return null;
        }

        try
        {
            // The file stays readable while it is open, whatever becomes of it in the cache.
            using var cached = await files.OpenAsync(run.TenantId, [names[^1]], cancellationToken);
            return Open(cached.Paths[0]);
        }
        catch (BlobMissingException)
        {
            // Another run of the plan has ended meanwhile.
            return null;
        }
        catch (InvalidDataException failure)
        {
            LogDamaged(failure, run.TenantId.Value, run.RunId.Value, names[^1]);
            return null;
        }
    }

    /// <summary>Replaces what earlier runs knew of the site; drops what is known of the plan's other sites since before a time.</summary>
    public async Task WriteAsync(RunRef run, Uri site, string path, DateTimeOffset oldestUtc, CancellationToken cancellationToken)
    {
        var name = BlobNames.Pages(run, site);
        await blobs.WriteFileAsync(run.TenantId, name, path, cancellationToken);
        var folder = BlobNames.PagesFolder(run, site);
        foreach (var other in await ListAsync(run, BlobNames.PagesFolder(run), cancellationToken))
        {
            var otherRun = BlobNames.PagesRunOf(other);
            var isReplaced = other.StartsWith(folder, StringComparison.Ordinal) && IsBefore(otherRun, run.RunId);
            if (isReplaced || otherRun.ScheduledUtc < oldestUtc)
            {
                await blobs.DeleteIfExistsAsync(run.TenantId, other, cancellationToken);
            }
        }
    }

    private static PageMemory Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.RandomAccess);
        try
        {
            return new PageMemory(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The oldest run's first.</summary>
    private async Task<List<string>> ListAsync(RunRef run, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in blobs.ListAsync(run.TenantId, prefix, cancellationToken))
        {
            names.Add(name);
        }

        return [.. names.OrderBy(name => BlobNames.PagesRunOf(name).ScheduledUtc).ThenBy(name => BlobNames.PagesRunOf(name).RerunNumber)];
    }

    private static bool IsBefore(RunId one, RunId other) =>
        one.ScheduledUtc < other.ScheduledUtc || (one.ScheduledUtc == other.ScheduledUtc && one.RerunNumber < other.RerunNumber);

    [LoggerMessage(LogLevel.Warning, "{TenantId} {RunId}: {Blob} is damaged; its pages are read again.")]
    private partial void LogDamaged(Exception failure, string tenantId, string runId, string blob);
}
