using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads JSON as pages carry it into <see cref="StructuredItem"/>: comments, CDATA marks, trailing or missing commas, raw line
/// breaks and unescaped quotes in strings, single quotes, bare keys, a cut-off end. One pass, bounded in depth and in values;
/// what goes beyond is skipped. Never throws.
/// </summary>
internal sealed class LooseJsonReader
{
    private const int MaxDepth = 48;
    private readonly LooseJsonCursor _cursor;
    private readonly ExtractionSource _source;
    private int _valuesLeft;

    private LooseJsonReader(string text, ExtractionSource source, int maxValues)
    {
        _cursor = new LooseJsonCursor(text);
        _source = source;
        _valuesLeft = maxValues;
    }

    /// <summary>The text's top-level objects (those of a top-level array included).</summary>
    public static List<StructuredItem> Read(string text, ExtractionSource source, string location, int maxValues = 50_000)
    {
        var reader = new LooseJsonReader(text, source, maxValues);
        var roots = new StructuredItem(source, location);
        while (reader._valuesLeft > 0 && reader._cursor.SkipTo('{', '['))
        {
            var before = reader._cursor.Index;
            reader.ReadValue(roots, "root", location, 0);
            reader._cursor.Index = Math.Max(reader._cursor.Index, before + 1);
        }

        return [.. roots["root"].Where(value => value.Item is not null).Select(value => value.Item!)];
    }

    private void ReadValue(StructuredItem owner, string name, string location, int depth)
    {
        _cursor.SkipBlank();
        if (_cursor.IsAtEnd)
        {
            return;
        }

        switch (_cursor.Current)
        {
            case '{' or '[' when depth >= MaxDepth || _valuesLeft <= 0:
                _cursor.SkipNested();
                break;
            case '{':
                ReadObject(owner, name, location, depth);
                break;
            case '[':
                ReadArray(owner, name, location, depth);
                break;
            case '"' or '\'':
                AddText(owner, name, _cursor.ReadString(), location);
                break;
            default:
                AddText(owner, name, _cursor.ReadBare(), location);
                break;
        }
    }

    private void ReadObject(StructuredItem owner, string name, string location, int depth)
    {
        _cursor.Index++;
        _valuesLeft--;
        var item = new StructuredItem(_source, location);
        while (NextMember('}'))
        {
            var key = _cursor.Current is '"' or '\'' ? _cursor.ReadString() : _cursor.ReadBare();
            _cursor.SkipBlank();
            if (!_cursor.IsAtEnd && _cursor.Current == ':')
            {
                _cursor.Index++;
                ReadValue(item, key, $"{location}.{key}", depth + 1);
            }
        }

        owner.Add(name, new StructuredValue("", item, location));
    }

    private void ReadArray(StructuredItem owner, string name, string location, int depth)
    {
        _cursor.Index++;
        var position = 0;
        while (NextMember(']'))
        {
            var before = _cursor.Index;
            ReadValue(owner, name, $"{location}[{position++}]", depth + 1);
            _cursor.Index = _cursor.Index == before ? before + 1 : _cursor.Index;
        }
    }

    /// <summary>Goes to the next member; false behind the closing bracket or at the text's end.</summary>
    private bool NextMember(char close)
    {
        while (true)
        {
            _cursor.SkipBlank();
            if (_cursor.IsAtEnd)
            {
                return false;
            }

            var c = _cursor.Current;
            if (c == close)
            {
                _cursor.Index++;
                return false;
            }

            // A bracket of the other kind ends this one too; its owner will consume it.
            if (c is '}' or ']')
            {
                return false;
            }

            if (c is not (',' or ':' or ';'))
            {
                return true;
            }

            _cursor.Index++;
        }
    }

    private void AddText(StructuredItem owner, string name, string text, string location)
    {
        if (text.Length == 0 || text is "null" or "undefined" || _valuesLeft-- <= 0)
        {
            return;
        }

        switch (name)
        {
            case "@type":
                owner.AddType(text);
                break;
            case "@id":
                owner.Id = text;
                break;
            default:
                owner.Add(name, new StructuredValue(text, null, location));
                break;
        }
    }
}
