using System.IO.Compression;
using System.Text;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http;

/// <summary>A text that is the same for everybody as long as the app runs: compressed once, with an entity tag per form.</summary>
internal sealed class PreparedAnswer
{
    private readonly byte[] _plain;
    private readonly byte[] _compressed;
    private readonly string _contentType;
    private readonly string _digest;

    public PreparedAnswer(string text, string contentType)
    {
        _contentType = contentType;
        _plain = Encoding.UTF8.GetBytes(text);
        _digest = Digest.Of(_plain);
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            gzip.Write(_plain);
        }

        _compressed = buffer.ToArray();
    }

    public IResult For(HttpRequest request)
    {
        var isCompressed = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var tag = isCompressed ? $"\"{_digest}-gzip\"" : $"\"{_digest}\"";
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = tag;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = "public, no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        if (isCompressed)
        {
            headers.ContentEncoding = "gzip";
        }

        return Results.Bytes(isCompressed ? _compressed : _plain, _contentType);
    }
}
