namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>Line and column, both from 1, of a byte in a text.</summary>
internal sealed class TextPosition
{
    private readonly List<long> _lineStarts = [0];

    public TextPosition(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public (int Line, int Column) Of(long index)
    {
        var found = _lineStarts.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, (int)(index - _lineStarts[line]) + 1);
    }
}
