using System.IO.Compression;
using Marketline.Analytics.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Marketline.Functions.Http.Datasets;

/// <summary>
/// Rows as an attachment, written while they are read. What fails on the way cuts the connection, so that nobody takes a part for
/// the whole.
/// </summary>
internal sealed partial class RowStreamResult(
    RowStream rows,
    RowFormat format,
    string contentType,
    string fileName,
    bool isCompressed,
    ILogger logger
) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentType = contentType;
        try
        {
            await WriteAsync(response, httpContext.RequestAborted);
        }
        catch (Exception failure)
        {
            if (!httpContext.RequestAborted.IsCancellationRequested)
            {
                LogBrokenOff(failure, fileName);
            }

            httpContext.Abort();
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        if (!isCompressed)
        {
            await rows.WriteAsync(format, response.Body, cancellationToken);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        // Disposed after success only: its end would make a part look whole.
        var body = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await rows.WriteAsync(format, body, cancellationToken);
        await body.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Error, "The download {FileName} broke off.")]
    private partial void LogBrokenOff(Exception failure, string fileName);
}
