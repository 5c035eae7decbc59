namespace Marketline.Platforms.Extract;

/// <summary>Text that is being put together, in a buffer of the caller's; what does not fit is left out.</summary>
internal ref struct ShownText(Span<char> buffer)
{
    private readonly Span<char> _buffer = buffer;

    public int Length { get; private set; }

    public readonly char this[int index] => _buffer[index];

    public void Append(char c)
    {
        if (Length < _buffer.Length)
        {
            _buffer[Length++] = c;
        }
    }

    public void Insert(int index, char c)
    {
        if (Length < _buffer.Length)
        {
            _buffer[index..Length].CopyTo(_buffer[(index + 1)..]);
            _buffer[index] = c;
            Length++;
        }
    }

    public void Remove(int start, int count)
    {
        _buffer[(start + count)..Length].CopyTo(_buffer[start..]);
        Length -= count;
    }

    /// <summary>Without blanks around it.</summary>
    public override readonly string ToString() => _buffer[..Length].Trim().ToString();
}
