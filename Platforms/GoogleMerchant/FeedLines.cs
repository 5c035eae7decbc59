using System.Buffers;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// The rows of a table with a header: separated by tabs, as Google asks for, or by what the header has most of. A value may stand in
/// quotation marks and then hold separators and line breaks; a mark that is not closed as it should be is one of the value's own.
/// </summary>
internal sealed class FeedLines(FeedWindow window)
{
    private const int MaxQuotedLength = 100_000;

    private static readonly char[] Separators = ['\t', ',', ';', '|'];

    private readonly List<string> _values = [];
    private string?[] _columns = [];
    private char _separator = '\t';
    private SearchValues<char> _ends = SearchValues.Create("\t\r\n");
    private int _number;
    private int _length;

    public IEnumerable<FeedRow> Read()
    {
        ChooseSeparator();
        if (!TryReadRow() || !_values.Exists(name => FeedAttributes.Find(name) == FeedAttributes.Id))
        {
            yield return FeedRow.Damaged(0, FeedProblems.NotAFeed);
            yield break;
        }

        _columns = [.. _values.Select(FeedAttributes.Find)];
        while (TryReadRow())
        {
            if (_values is not [{ Length: 0 }])
            {
                yield return ToRow();
            }
        }
    }

    private FeedRow ToRow()
    {
        var isTooLong = _values.Skip(_columns.Length).Any(value => value.Length > 0);
        var isTooShort = _columns.Skip(_values.Count).Any(name => name is not null && FeedAttributes.IsRequired(name));
        if (_length >= FeedWindow.MaxLength || isTooLong || isTooShort)
        {
            return FeedRow.Damaged(_number, _length >= FeedWindow.MaxLength ? FeedProblems.RowTooLong : FeedProblems.Columns, window.Rest[.._length]);
        }

        var attributes = new Dictionary<string, string>(_columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(_columns.Length, _values.Count); i++)
        {
            if (_columns[i] is { } name && _values[i].Length > 0)
            {
                attributes.TryAdd(name, _values[i]);
            }
        }

        return new FeedRow(_number, attributes);
    }

    private void ChooseSeparator()
    {
        int end;
        while ((end = window.Rest.IndexOfAny('\r', '\n')) < 0 && window.Grow()) { }

        var header = end < 0 ? window.Rest : window.Rest[..end];
        var most = -1;
        foreach (var candidate in Separators)
        {
            var count = header.Count(candidate);
            (_separator, most) = count > most ? (candidate, count) : (_separator, most);
        }

        _ends = SearchValues.Create([_separator, '\r', '\n']);
    }

    /// <summary>The row stays at the window's beginning until the next one is read.</summary>
    /// <returns>False behind the last row.</returns>
    private bool TryReadRow()
    {
        SkipRow();
        if (window.Rest.IsEmpty && !window.Grow())
        {
            return false;
        }

        _number++;
        var position = ReadValue(0);
        while (Peek(position) == _separator)
        {
            position = ReadValue(position + 1);
        }

        _length = position;
        return true;
    }

    private void SkipRow()
    {
        var end = _number == 0 ? 0 : _length;
        end += _number > 0 && Peek(end) == '\r' ? 1 : 0;
        end += _number > 0 && Peek(end) == '\n' ? 1 : 0;
        window.Skip(end);
        _values.Clear();
    }

    /// <returns>The offset behind the value.</returns>
    private int ReadValue(int start)
    {
        if (Peek(start) == '"' && FindClosing(start + 1) is { } closing)
        {
            _values.Add(window.Rest[(start + 1)..closing].ToString().Replace("\"\"", "\"", StringComparison.Ordinal).Trim());
            return closing + 1;
        }

        var position = start;
        int index;
        while ((index = window.Rest[position..].IndexOfAny(_ends)) < 0)
        {
            position = window.Rest.Length;
            if (!window.Grow())
            {
                break;
            }
        }

        var end = index < 0 ? window.Rest.Length : position + index;
        _values.Add(window.Rest[start..end].Trim().ToString());
        return end;
    }

    /// <returns>The offset of the mark that closes a value; null when the first single one is not followed by the value's end.</returns>
    private int? FindClosing(int start)
    {
        var position = start;
        while (position - start < MaxQuotedLength)
        {
            var index = window.Rest[position..].IndexOf('"');
            if (index < 0)
            {
                position = window.Rest.Length;
                if (!window.Grow())
                {
                    return null;
                }

                continue;
            }

            position += index;
            var next = Peek(position + 1);
            if (next != '"')
            {
                return next is '\0' or '\r' or '\n' || next == _separator ? position : null;
            }

            position += 2;
        }

        return null;
    }

    /// <returns>A zero at the end.</returns>
    private char Peek(int position)
    {
        while (position >= window.Rest.Length)
        {
            if (!window.Grow())
            {
                return '\0';
            }
        }

        return window.Rest[position];
    }
}
