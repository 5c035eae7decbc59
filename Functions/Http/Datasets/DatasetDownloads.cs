using System.Globalization;
using Marketline.Activities;
using Marketline.Analytics.Query;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Marketline.Functions.Http.Datasets;

/// <summary>
/// Opens downloads: a gold file passed through where it is what was asked for, rows written as they are read, or a Parquet file
/// made for the answer. Memory stays flat whatever the size.
/// </summary>
public sealed class DatasetDownloads(DatasetReader reader, BlobArtifactStore blobs, ILogger<DatasetDownloads> logger)
{
    public async Task<IResult> OpenAsync(
        HttpRequest request,
        DatasetManifest manifest,
        RowQuery query,
        DownloadFormat format,
        CancellationToken cancellationToken
    )
    {
        var tag = Tag(manifest, query, format);
        var result = Answers.Matches(request.Headers.IfNoneMatch.ToString(), tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : await OpenResultAsync(request, manifest, query, format, cancellationToken);
        // Not before: what fails is answered without them. Weak, since what is compressed on the way has other bytes.
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = $"W/{tag}";
        headers.CacheControl = "private, no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        return result;
    }

    private async Task<IResult> OpenResultAsync(
        HttpRequest request,
        DatasetManifest manifest,
        RowQuery query,
        DownloadFormat format,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        var response = request.HttpContext.Response;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{manifest.Dataset}-{manifest.UpdatedUtc:yyyy-MM-dd}-v{manifest.Version}.{format.Name}"
        );
        if (format.Rows is { } rowFormat)
        {
            var (rows, files) = await reader.OpenRowsAsync(tenantId, manifest, query, cancellationToken);
            response.RegisterForDispose(files);
            response.RegisterForDispose(rows);
            return new RowStreamResult(rows, rowFormat, format.ContentType, name, AcceptsGzip(request), logger);
        }

        if (query.IsWhole && manifest.Files.Count == 1)
        {
            var file = manifest.Files[0];
            var content = await blobs.OpenReadAsync(tenantId, file.Blob, cancellationToken);
            response.ContentLength = file.SizeBytes;
            return Results.Stream(content, format.ContentType, name);
        }

        var made = new TemporaryFile(".parquet");
        response.RegisterForDispose(made);
        await reader.WriteParquetAsync(tenantId, manifest, query, made.Path, cancellationToken);
        return Results.File(File.OpenRead(made.Path), format.ContentType, name);
    }

    private static string Tag(DatasetManifest manifest, RowQuery query, DownloadFormat format)
    {
        var form = format.Rows == RowFormat.RawCsv ? "raw" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\"{manifest.Version}-{Digest.Of($"{format.Name} {form} {query.Identity}")}\""
        );
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);
}
