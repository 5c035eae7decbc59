namespace Marketline.Platforms.GoogleMerchant;

/// <summary>The part of a feed that is being looked at: it grows while a row is not whole, and moves on behind it.</summary>
internal sealed class FeedWindow(FeedText text)
{
    /// <summary>A row of more characters is given up.</summary>
    public const int MaxLength = 1_048_576;

    private char[] _chars = new char[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Offsets into it stay right while it grows, until <see cref="Skip"/>.</summary>
    public ReadOnlySpan<char> Rest => _chars.AsSpan(_start, _end - _start);

    /// <summary>There is nothing behind <see cref="Rest"/>.</summary>
    public bool IsEnd { get; private set; }

    /// <returns>False at the end, and when the window is as large as it may be.</returns>
    public bool Grow()
    {
        if (IsEnd || _end - _start >= MaxLength)
        {
            return false;
        }

        if (_end == _chars.Length)
        {
            MakeRoom();
        }

        var count = text.Read(_chars.AsSpan(_end));
        _end += count;
        IsEnd = count == 0;
        return !IsEnd;
    }

    public void Skip(int count) => _start += count;

    private void MakeRoom()
    {
        var length = _end - _start;
        var target = length > _chars.Length / 2 ? new char[_chars.Length * 2] : _chars;
        Array.Copy(_chars, _start, target, 0, length);
        (_chars, _start, _end) = (target, 0, length);
    }
}
