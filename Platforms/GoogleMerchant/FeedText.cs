using System.IO.Compression;
using System.Text;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// A feed's characters, part by part: unpacked if it is gzip, decoded as its mark, its header or its first bytes say. It ends where
/// the bytes are damaged or where there are more than may be read; then <see cref="Problem"/> says so.
/// </summary>
internal sealed class FeedText : IDisposable
{
    private const int PartLength = 64 * 1024;

    private readonly Stream _content;
    private readonly byte[] _bytes = new byte[PartLength];
    private readonly Decoder _decoder;
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <param name="content">Is disposed of with this.</param>
    /// <param name="isGzip">As its first bytes say.</param>
    /// <param name="contentType">As sent; may name a charset.</param>
    /// <param name="maxBytes">Of what it unpacks to.</param>
    public FeedText(Stream content, bool isGzip, string contentType, long maxBytes)
    {
        _content = new LimitedStream(isGzip ? new GZipStream(content, CompressionMode.Decompress) : content, maxBytes);
        while (_end < PartLength && Fill()) { }

        var (encoding, markLength) = PageDecoder.Detect(_bytes.AsSpan(0, _end), contentType);
        _decoder = encoding.GetDecoder();
        _start = markLength;
    }

    public string? Problem { get; private set; }

    /// <returns>How many were read; 0 at the end.</returns>
    public int Read(Span<char> buffer)
    {
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, 0);
                Fill();
            }

            _decoder.Convert(_bytes.AsSpan(_start, _end - _start), buffer, _isEnd, out var byteCount, out var charCount, out _);
            _start += byteCount;
            if (charCount > 0 || (_isEnd && _start == _end))
            {
                return charCount;
            }
        }
    }

    public void Dispose() => _content.Dispose();

    private bool Fill()
    {
        if (_isEnd)
        {
            return false;
        }

        try
        {
            var count = _content.Read(_bytes, _end, PartLength - _end);
            _end += count;
            _isEnd = count == 0;
        }
        catch (InvalidDataException)
        {
            (_isEnd, Problem) = (true, FeedProblems.Compression);
        }
        catch (BodyTooLargeException)
        {
            (_isEnd, Problem) = (true, FeedProblems.TooLong);
        }

        return !_isEnd;
    }
}
