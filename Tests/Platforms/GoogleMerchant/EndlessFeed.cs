using System.Text;

namespace Marketline.Tests.Platforms.GoogleMerchant;

/// <summary>A feed that is made while it is read, so that one of any length costs no memory.</summary>
internal sealed class EndlessFeed(bool isXml, int megabytes) : Stream
{
    private readonly string _filler = new('d', 700);
    private byte[] _part = Encoding.UTF8.GetBytes(isXml ? "<rss><channel>" : "id\ttitle\tdescription\tlink\tprice\tavailability\n");
    private int _position;
    private long _length;

    public int RowCount { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == _part.Length)
        {
            if (_length >= megabytes * 1_048_576L)
            {
                return 0;
            }

            RowCount++;
            (_part, _position) = (Encoding.UTF8.GetBytes(Row()), 0);
        }

        var read = Math.Min(count, _part.Length - _position);
        _part.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
        _position += read;
        _length += read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private string Row() =>
        isXml
            ? $"<item><g:id>{RowCount}</g:id><g:title>Mug {RowCount}</g:title><g:description>{_filler}</g:description><g:link>https://shop.example/{RowCount}</g:link><g:price>5.00 EUR</g:price><g:availability>in_stock</g:availability></item>\n"
            : $"{RowCount}\tMug {RowCount}\t{_filler}\thttps://shop.example/{RowCount}\t5.00 EUR\tin_stock\n";
}
