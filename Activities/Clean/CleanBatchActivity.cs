using System.Text.Json;
using Marketline.Activities.Admission;
using Marketline.Analytics.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Platforms;
using Marketline.Platforms.Extract;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Clean;

/// <summary>
/// Extracts and cleans a batch from its raw archive. Everything but the measured times is a function of the archive, so a
/// second run, or a replay long after, writes the same clean and quarantine blobs byte for byte. A batch of another run is read
/// from that one's archive, and is the present run's own from then on. Its end is the end of the batch's place among those in
/// flight.
/// </summary>
public sealed class CleanBatchActivity(
    PlatformConnectors connectors,
    BlobArtifactStore blobs,
    CleanBatchWriter writer,
    LargePages largePages,
    AuthorKeys authorKeys,
    BatchAdmission admission,
    TimeProvider time
)
{
    [Function(nameof(CleanBatchActivity))]
    public async Task<CleanBatchOutput> RunAsync(
        [ActivityTrigger] CleanBatchInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var pseudonymizer = authorKeys.For(input.Run.TenantId);
        var records = new BatchRecords(input, connectors.Get(input.Run.Platform), pseudonymizer, time);
        var seen = new HashSet<string>();
        var isCancelled = input.Source is not null && await SourceBatch.IsCancelledAsync(blobs, input, cancellationToken);
        await SourceBatch.TakeTargetsAsync(blobs, input, cancellationToken);
        var archiveProblem = isCancelled ? "cancelled" : await ReadArchiveAsync(input, records, seen, cancellationToken);

        var reason = BatchReason.Of(input) ?? archiveProblem ?? "not-crawled";
        foreach (var url in await PlannedTargets.ReadAsync(blobs, input, seen.Count, cancellationToken))
        {
            if (!seen.Contains(url))
            {
                records.AddMissing(url, reason);
            }
        }

        await WriteAsync(input, records, cancellationToken);
        await admission.LeaveAsync(input.Run, input.Batch, client, cancellationToken);
        return new CleanBatchOutput(records.Count(), input.Problem is null && !isCancelled ? archiveProblem : null, isCancelled);
    }

    /// <returns>What is wrong with the archive, or null.</returns>
    private async Task<string?> ReadArchiveAsync(
        CleanBatchInput input,
        BatchRecords records,
        HashSet<string> seen,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var name = BlobNames.Raw(input.Source ?? input.Run, input.Batch);
            await using var content = await blobs.OpenReadAsync(input.Run.TenantId, name, cancellationToken);
            await foreach (var page in new WarcReader(content).ReadPagesAsync(cancellationToken))
            {
                if (seen.Add(page.Url))
                {
                    using var turn = await largePages.EnterAsync(page, cancellationToken);
                    records.Add(page);
                }
            }

            return null;
        }
        catch (BlobMissingException)
        {
            return "raw-missing";
        }
        catch (DamagedArchiveException)
        {
            return "raw-damaged";
        }
    }

    private async Task WriteAsync(CleanBatchInput input, BatchRecords records, CancellationToken cancellationToken)
    {
        var tenantId = input.Run.TenantId;
        if (records.Offers.All.Count + records.Reviews.Count > 0)
        {
            using var file = new TemporaryFile(".parquet");
            if (input.Run.Kind == CrawlKind.Reviews)
            {
                await writer.WriteReviewsAsync(records.Reviews, file.Path, cancellationToken);
            }
            else
            {
                await writer.WriteOffersAsync(records.Offers.All, file.Path, cancellationToken);
            }

            await blobs.WriteFileAsync(tenantId, BlobNames.Clean(input.Run, input.Batch), file.Path, cancellationToken);
        }
        else
        {
            // What an earlier attempt wrote, when the archive was still whole, must not be taken for this one's.
            await blobs.DeleteIfExistsAsync(tenantId, BlobNames.Clean(input.Run, input.Batch), cancellationToken);
        }

        await WriteQuarantineAsync(input, records, cancellationToken);
        var name = BlobNames.Outcome(input.Run, input.Batch);
        await OutcomeFile.WriteAsync(blobs, tenantId, name, records.Outcomes, cancellationToken);
    }

    private async Task WriteQuarantineAsync(CleanBatchInput input, BatchRecords records, CancellationToken cancellationToken)
    {
        var name = BlobNames.Quarantine(input.Run, input.Batch);
        if (records.Quarantined.Count == 0)
        {
            await blobs.DeleteIfExistsAsync(input.Run.TenantId, name, cancellationToken);
            return;
        }

        using var content = new MemoryStream();
        foreach (var record in records.Quarantined)
        {
            JsonSerializer.Serialize(content, record, JsonFormat.Options);
            content.WriteByte((byte)'\n');
        }

        content.Position = 0;
        await blobs.WriteAsync(input.Run.TenantId, name, content, cancellationToken);
    }
}
