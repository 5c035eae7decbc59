using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// One Allow or Disallow line. Patterns and paths are brought to one written form before they are compared (RFC 9309 §2.2.2):
/// unreserved characters plain, all others percent-encoded with upper-case digits, <c>*</c> and a final <c>$</c> special.
/// </summary>
internal sealed class RobotsRule
{
    private readonly string[] _parts;
    private readonly bool _isAnchored;

    private RobotsRule(string pattern, bool isAllow, int line)
    {
        IsAllow = isAllow;
        Line = line;
        Pattern = pattern;
        Length = pattern.Length;
        _isAnchored = pattern.EndsWith('$');
        var parts = (_isAnchored ? pattern[..^1] : pattern).Split('*');
        _parts = [parts[0], .. parts[1..].Where((part, i) => part.Length > 0 || i == parts.Length - 2)];
    }

    public bool IsAllow { get; }

    public int Length { get; }

    /// <summary>Where it stands in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>In its written form, see above.</summary>
    public string Pattern { get; }

    /// <returns>Null for an empty pattern, which says nothing.</returns>
    public static RobotsRule? Parse(ReadOnlySpan<byte> pattern, bool isAllow, int line = 0) =>
        pattern.IsEmpty ? null : new RobotsRule(Normalise(pattern, isPattern: true), isAllow, line);

    public static string NormalisePath(string pathAndQuery) =>
        Normalise(Encoding.UTF8.GetBytes(pathAndQuery), isPattern: false);

    /// <remarks>Takes each part at its first place; with literal parts that finds a match whenever there is one.</remarks>
    public bool Matches(string path)
    {
        if (!path.StartsWith(_parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var position = _parts[0].Length;
        if (_parts.Length == 1)
        {
            return !_isAnchored || position == path.Length;
        }

        for (var i = 1; i < _parts.Length; i++)
        {
            var part = _parts[i];
            if (_isAnchored && i == _parts.Length - 1)
            {
                return path.Length - part.Length >= position && path.EndsWith(part, StringComparison.Ordinal);
            }

            var found = path.IndexOf(part, position, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            position = found + part.Length;
        }

        return true;
    }

    private static string Normalise(ReadOnlySpan<byte> raw, bool isPattern)
    {
        var text = new StringBuilder(raw.Length + 8);
        for (var i = 0; i < raw.Length; i++)
        {
            var octet = raw[i];
            if (octet == '%' && i + 2 < raw.Length && TryHex(raw[i + 1], raw[i + 2], out var decoded))
            {
                i += 2;
                Append(text, decoded, IsUnreserved(decoded));
            }
            else if (octet is (byte)'*' or (byte)'$')
            {
                var isSpecial = isPattern && (octet == '*' || i == raw.Length - 1);
                Append(text, octet, isSpecial);
            }
            else
            {
                Append(text, octet, IsUnreserved(octet) || "/?:@!&'()+,;=#[]"u8.Contains(octet));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, byte octet, bool isPlain)
    {
        if (isPlain)
        {
            text.Append((char)octet);
        }
        else
        {
            text.Append('%').Append(octet.ToString("X2"));
        }
    }

    private static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static bool TryHex(byte high, byte low, out byte value)
    {
        var isHex = char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low);
        value = isHex ? (byte)((Digit(high) << 4) | Digit(low)) : (byte)0;
        return isHex;

        static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
    }
}
