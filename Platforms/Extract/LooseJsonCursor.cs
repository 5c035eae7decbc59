using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marketline.Platforms.Extract;

/// <summary>A place in a JSON-like text, and the lenient reading of strings, words and blanks from there on.</summary>
internal sealed class LooseJsonCursor(string text)
{
    private const int MaxTextLength = 100_000;
    private const int MaxWordLength = 200;
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(",:{}[]\"'\n;");
    private static readonly SearchValues<char> Brackets = SearchValues.Create("{}[]\"");
    private readonly StringBuilder _buffer = new();

    public int Index { get; set; }

    public bool IsAtEnd => Index >= text.Length;

    public char Current => text[Index];

    /// <summary>Goes to the next of two characters; false, and at the end, when there is none.</summary>
    public bool SkipTo(char first, char second)
    {
        var found = IsAtEnd ? -1 : text.AsSpan(Index).IndexOfAny(first, second);
        Index = found < 0 ? text.Length : Index + found;
        return found >= 0;
    }

    public string ReadString()
    {
        var quote = text[Index++];
        var start = Index;
        _buffer.Clear();
        while (Index < text.Length)
        {
            var stop = text.AsSpan(Index).IndexOfAny(quote, '\\');
            if (stop < 0)
            {
                Index = text.Length;
                break;
            }

            Index += stop;
            if (text[Index] == '\\')
            {
                _buffer.Append(text, start, Index - start);
                ReadEscape();
                start = Index;
            }
            else if (EndsString(Index + 1))
            {
                break;
            }
            else
            {
                Index++;
            }
        }

        var end = Math.Min(Index, text.Length);
        Index = Math.Min(Index + 1, text.Length);
        var result = _buffer.Length == 0 ? text.AsSpan(start, end - start) : _buffer.Append(text, start, end - start).ToString();
        return (result.Length > MaxTextLength ? result[..MaxTextLength] : result).ToString();
    }

    /// <summary>
    /// A quote is the string's end when what follows can follow a string; else it was left unescaped. Of two in a row the second
    /// is the end: a name that closes with a quoted word, or a size in inches.
    /// </summary>
    private bool EndsString(int index)
    {
        var next = SkipSpaces(index);
        var isFirstOfTwo = next == index && next < text.Length && text[next] == text[index - 1] && EndsValue(next + 1);
        return next >= text.Length || (!isFirstOfTwo && text[next] is ',' or '}' or ']' or ':' or '/' or ';' or '"' or '\'');
    }

    private bool EndsValue(int index)
    {
        var next = SkipSpaces(index);
        return next < text.Length && text[next] is ',' or '}' or ']';
    }

    private int SkipSpaces(int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return index;
    }

    private void ReadEscape()
    {
        Index++;
        if (Index >= text.Length)
        {
            return;
        }

        var c = text[Index++];
        if (c != 'u')
        {
            _buffer.Append(c switch { 'n' or 'r' or 't' or 'b' or 'f' => ' ', _ => c });
            return;
        }

        var isHex = Index + 4 <= text.Length && ushort.TryParse(text.AsSpan(Index, 4), NumberStyles.AllowHexSpecifier, null, out _);
        if (isHex)
        {
            _buffer.Append((char)Convert.ToUInt16(text.Substring(Index, 4), 16));
            Index += 4;
        }
    }

    public string ReadBare()
    {
        var length = text.AsSpan(Index).IndexOfAny(WordEnds);
        var end = length < 0 ? text.Length : Index + length;
        var word = text.AsSpan(Index, end - Index).Trim();
        Index = Math.Max(end, Index + 1);
        return word.Length > MaxWordLength ? "" : word.ToString();
    }

    public void SkipBlank()
    {
        while (Index < text.Length)
        {
            var rest = text.AsSpan(Index);
            if (char.IsWhiteSpace(rest[0]) || char.IsControl(rest[0]) || rest[0] == '\ufeff')
            {
                Index++;
            }
            else if (rest.StartsWith("/*"))
            {
                var end = rest.IndexOf("*/");
                Index = end < 0 ? text.Length : Index + end + 2;
            }
            else if (rest.StartsWith("//<![CDATA["))
            {
                Index += "//<![CDATA[".Length;
            }
            else if (rest.StartsWith("//"))
            {
                var end = rest.IndexOf('\n');
                Index = end < 0 ? text.Length : Index + end + 1;
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>Over a bracketed value, by counting: no recursion, however deep it is.</summary>
    public void SkipNested()
    {
        var depth = 0;
        while (Index < text.Length)
        {
            var stop = text.AsSpan(Index).IndexOfAny(Brackets);
            if (stop < 0)
            {
                Index = text.Length;
                return;
            }

            Index += stop;
            switch (text[Index])
            {
                case '{' or '[':
                    depth++;
                    Index++;
                    break;
                case '"':
                    SkipString();
                    break;
                default:
                    depth--;
                    Index++;
                    break;
            }

            if (depth == 0)
            {
                return;
            }
        }
    }

    private void SkipString()
    {
        Index++;
        while (Index < text.Length)
        {
            var stop = text.AsSpan(Index).IndexOfAny('"', '\\');
            if (stop < 0)
            {
                Index = text.Length;
                return;
            }

            Index += stop + 1;
            if (text[Index - 1] == '"')
            {
                return;
            }

            Index = Math.Min(Index + 1, text.Length);
        }
    }
}
