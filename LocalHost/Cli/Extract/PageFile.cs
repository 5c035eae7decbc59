using System.IO.Compression;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>A saved page, gzipped or not, as if it had been fetched just so.</summary>
internal static class PageFile
{
    private const int MaxBytes = 64 * 1_048_576;

    /// <param name="url">Null: the address that the page names as its own, else one that only has the file's name.</param>
    /// <exception cref="CliException">It can not be read, or is larger than any page.</exception>
    public static async Task<FetchedPage> ReadAsync(FileInfo file, string? url, CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = file.OpenRead();
            await using var content = file.Extension.Equals(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stored, CompressionMode.Decompress) : (Stream)stored;
            var body = await ReadAsync(content, file, cancellationToken);
            var contentType = Name(file).EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "text/html";
            var address = Address(url) ?? PageAddress.Declared(body, contentType) ?? $"https://file.invalid/{Uri.EscapeDataString(Name(file))}";
            return new FetchedPage { Url = CanonicalUrl.Of(address), FinalUrl = address, FetchedUtc = file.LastWriteTimeUtc, StatusCode = 200, ContentType = contentType, Body = body };
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CliException($"{file.FullName} can not be read: {failure.Message}", failure);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, FileInfo file, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > MaxBytes)
            {
                throw new CliException($"{file.FullName} is larger than {MaxBytes / 1_048_576} MiB.");
            }

            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>With a scheme, if it was left out.</summary>
    private static string? Address(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        var whole = url.Contains("://", StringComparison.Ordinal) ? url.Trim() : $"https://{url.Trim()}";
        return Uri.TryCreate(whole, UriKind.Absolute, out _) ? whole : null;
    }

    private static string Name(FileInfo file) =>
        file.Extension.Equals(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(file.Name) : file.Name;
}
