using System.IO.Compression;
using System.Text.Json;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Clean;

/// <summary>Outcome blobs: gzipped JSON lines.</summary>
internal static class OutcomeFile
{
    public static async Task WriteAsync<T>(
        BlobArtifactStore blobs,
        TenantId tenantId,
        string name,
        IEnumerable<T> records,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var record in records)
            {
                JsonSerializer.Serialize(gzip, record, JsonFormat.Options);
                gzip.WriteByte((byte)'\n');
            }
        }

        content.Position = 0;
        await blobs.WriteAsync(tenantId, name, content, cancellationToken);
    }

    /// <summary>The records; none when the blob is not there.</summary>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        BlobArtifactStore blobs,
        TenantId tenantId,
        string name,
        CancellationToken cancellationToken
    )
    {
        var records = new List<T>();
        try
        {
            await using var content = await blobs.OpenReadAsync(tenantId, name, cancellationToken);
            await using var gzip = new GZipStream(content, CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                records.Add(JsonSerializer.Deserialize<T>(line, JsonFormat.Options)!);
            }
        }
        catch (BlobMissingException)
        {
            return [];
        }

        return records;
    }
}
