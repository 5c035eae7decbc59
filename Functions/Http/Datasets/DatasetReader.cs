using Marketline.Analytics.Query;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Functions.Http.Datasets;

/// <summary>Queries the current version of a tenant's datasets.</summary>
public sealed class DatasetReader(BlobManifestStore manifests, BlobFileCache files, DatasetQuery query)
{
    /// <returns>Null when the tenant has no such dataset yet.</returns>
    public async Task<DatasetManifest?> FindAsync(TenantId tenantId, DatasetSchema schema, CancellationToken cancellationToken) =>
        (await manifests.ReadAsync(tenantId, schema.Name, cancellationToken))?.Manifest;

    /// <inheritdoc cref="DatasetQuery.ReadPageAsync"/>
    public async Task<RowPage> ReadPageAsync(
        TenantId tenantId,
        DatasetManifest manifest,
        RowQuery rows,
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        using var local = await OpenAsync(tenantId, manifest, cancellationToken);
        return await query.ReadPageAsync(tenantId.Value, local.Paths, rows, after, limit, cancellationToken);
    }

    /// <inheritdoc cref="DatasetQuery.WriteParquetAsync"/>
    public async Task WriteParquetAsync(
        TenantId tenantId,
        DatasetManifest manifest,
        RowQuery rows,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var local = await OpenAsync(tenantId, manifest, cancellationToken);
        await query.WriteParquetAsync(tenantId.Value, local.Paths, rows, path, cancellationToken);
    }

    /// <returns>The rows, with the files they are read from: both to be disposed, the rows first.</returns>
    public async Task<(RowStream Rows, CachedFiles Files)> OpenRowsAsync(
        TenantId tenantId,
        DatasetManifest manifest,
        RowQuery rows,
        CancellationToken cancellationToken
    )
    {
        var local = await OpenAsync(tenantId, manifest, cancellationToken);
        try
        {
            return (await query.OpenRowsAsync(tenantId.Value, local.Paths, rows, cancellationToken), local);
        }
        catch
        {
            local.Dispose();
            throw;
        }
    }

    private Task<CachedFiles> OpenAsync(TenantId tenantId, DatasetManifest manifest, CancellationToken cancellationToken) =>
        files.OpenAsync(tenantId, [.. manifest.Files.Select(file => file.Blob)], cancellationToken);
}
