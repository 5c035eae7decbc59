using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Admission;
using Marketline.Core.Json;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>A pool's ledger in its blob.</summary>
internal sealed class BlobLedger(BlobContainerClient container, string pool)
{
    private readonly BlobClient _blob = container.GetBlobClient(BlobNames.Admission(pool));

    public async Task<VersionedLedger> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var download = await _blob.DownloadContentAsync(cancellationToken);
            var ledger = JsonSerializer.Deserialize<AdmissionLedger>(download.Value.Content, JsonFormat.Options)!;
            return new VersionedLedger(ledger, download.Value.Details.ETag);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return VersionedLedger.Absent;
        }
    }

    public async Task<bool> IsCurrentAsync(VersionedLedger known, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await _blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Value.ETag == known.ETag;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return known.ETag is null;
        }
    }

    /// <returns>Null when another worker was quicker.</returns>
    public async Task<VersionedLedger?> TryReplaceAsync(VersionedLedger known, AdmissionLedger next, CancellationToken cancellationToken)
    {
        var conditions = known.ETag is { } etag
            ? new BlobRequestConditions { IfMatch = etag }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            if (next.Tickets.Count > 0)
            {
                var content = BinaryData.FromObjectAsJson(next, JsonFormat.Options);
                var written = await _blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
                return new VersionedLedger(next, written.Value.ETag);
            }

            if (known.ETag is not null)
            {
                await _blob.DeleteAsync(conditions: conditions, cancellationToken: cancellationToken);
            }

            return VersionedLedger.Absent;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return null;
        }
    }
}
