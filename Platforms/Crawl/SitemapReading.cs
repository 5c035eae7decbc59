using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Streams the entries of one sitemap, index or plain list, gzipped or not. It ends where the file breaks; then
/// <see cref="Problem"/> says why.
/// </summary>
internal sealed class SitemapReading : IDisposable
{
    private const string NewsNamespace = "http://www.google.com/schemas/sitemap-news/0.9";

    private readonly Stream _content;
    private readonly XmlReader? _xml;
    private readonly StreamReader? _lines;
    private bool _isIndex;
    private bool _hasRoot;
    private string? _location;
    private DateTimeOffset? _lastModified;
    private bool _isNews;

    public SitemapReading(ReadOnlyMemory<byte> body, long maxBytes)
    {
        var isGzip = body.Span.StartsWith<byte>([0x1f, 0x8b]);
        var start = isGzip ? 0 : LeadingSpace(body.Span);
        _content = StreamOf(body[start..]);
        if (isGzip)
        {
            _content = new LimitedStream(new GZipStream(_content, CompressionMode.Decompress), maxBytes);
        }

        if (isGzip || body.Span[start..].StartsWith("<"u8))
        {
            _xml = XmlReader.Create(_content, Settings(maxBytes));
        }
        else
        {
            _lines = new StreamReader(_content, Encoding.UTF8);
        }
    }

    /// <summary>At least one entry, or the root element of a sitemap, was there.</summary>
    public bool IsSitemap { get; private set; }

    public string? Problem { get; private set; }

    public bool TryNext(out SitemapEntry entry)
    {
        entry = default;
        if (Problem is not null)
        {
            return false;
        }

        try
        {
            return _xml is not null ? TryNextElement(_xml, out entry) : TryNextLine(_lines!, out entry);
        }
        catch (XmlException exception)
        {
            Problem = $"it is no well-formed XML (without a DTD) at line {exception.LineNumber}, column {exception.LinePosition}";
            return TryFinishEntry(out entry);
        }
        catch (Exception exception) when (exception is InvalidDataException or BodyTooLargeException)
        {
            Problem = exception.Message;
            return TryFinishEntry(out entry);
        }
    }

    public void Dispose()
    {
        _xml?.Dispose();
        _lines?.Dispose();
        _content.Dispose();
    }

    /// <remarks>
    /// What counts are the children of an entry: image and video extensions have a <c>loc</c> of their own. Pages of Google's news
    /// extension are articles, and left out.
    /// </remarks>
    private bool TryNextElement(XmlReader xml, out SitemapEntry entry)
    {
        entry = default;
        if (!_hasRoot && !TryReadRoot(xml))
        {
            return false;
        }

        while (!xml.EOF)
        {
            var isChild = xml is { NodeType: XmlNodeType.Element, Depth: 2 };
            if (isChild && xml.LocalName == "loc")
            {
                _location = xml.ReadElementContentAsString().Trim();
            }
            else if (isChild && xml.LocalName == "lastmod")
            {
                _lastModified = LastModifiedText.Parse(xml.ReadElementContentAsString());
            }
            else
            {
                _isNews |= isChild && xml.NamespaceURI == NewsNamespace;
                var isEnd = xml is { NodeType: XmlNodeType.EndElement, Depth: 1 };
                xml.Read();
                if (isEnd && TryFinishEntry(out entry))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>An entry that breaks behind its <c>loc</c> is one all the same.</summary>
    private bool TryFinishEntry(out SitemapEntry entry)
    {
        var isEntry = _location is not null && !_isNews;
        entry = isEntry ? new SitemapEntry(_location!, _isIndex, _lastModified) : default;
        (_location, _lastModified, _isNews) = (null, null, false);
        return isEntry;
    }

    private bool TryReadRoot(XmlReader xml)
    {
        xml.MoveToContent();
        _hasRoot = true;
        _isIndex = xml.LocalName == "sitemapindex";
        IsSitemap = _isIndex || xml.LocalName == "urlset";
        Problem = IsSitemap ? null : "its root element is not that of a sitemap";
        return IsSitemap;
    }

    private bool TryNextLine(StreamReader lines, out SitemapEntry entry)
    {
        entry = default;
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                IsSitemap = true;
                entry = new SitemapEntry(line.Trim(), IsSitemap: false);
                return true;
            }
        }

        Problem = IsSitemap ? null : "it is neither XML nor a list of addresses";
        return false;
    }

    private static XmlReaderSettings Settings(long maxCharacters) =>
        new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = maxCharacters,
            CheckCharacters = false,
        };

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray());

    private static int LeadingSpace(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? body.Length : start;
    }
}
