using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>A run's budget, shared by all its sites and workers: one small blob, replaced under its ETag.</summary>
public sealed class BlobBudgetStore(BlobContainers containers)
{
    private const int MaxBackoffMilliseconds = 200;

    /// <param name="change">May be called several times: other workers change the ledger, too.</param>
    /// <returns>What the change that was written has returned.</returns>
    public async Task<T> ChangeAsync<T>(RunId runId, Func<BudgetLedger, (BudgetLedger Ledger, T Result)> change, CancellationToken cancellationToken)
    {
        var blob = (await containers.GetAsync(runId.TenantId)).GetBlobClient(BlobNames.Budget(runId));
        for (var attempt = 0; ; attempt++)
        {
            var (ledger, etag) = await ReadAsync(blob, cancellationToken);
            var (next, result) = change(ledger);
            if (await TryWriteAsync(blob, next, etag, cancellationToken))
            {
                return result;
            }

            var longest = Math.Min(MaxBackoffMilliseconds, 10 << Math.Min(attempt, 5));
            await Task.Delay(Random.Shared.Next(longest), cancellationToken);
        }
    }

    private static async Task<(BudgetLedger Ledger, ETag? ETag)> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var download = await blob.DownloadContentAsync(cancellationToken);
            return (JsonSerializer.Deserialize<BudgetLedger>(download.Value.Content, JsonFormat.Options)!, download.Value.Details.ETag);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return (BudgetLedger.Empty, null);
        }
    }

    private static async Task<bool> TryWriteAsync(BlobClient blob, BudgetLedger ledger, ETag? etag, CancellationToken cancellationToken)
    {
        var conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = etag };
        try
        {
            var content = BinaryData.FromObjectAsJson(ledger, JsonFormat.Options);
            await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return false;
        }
    }
}
