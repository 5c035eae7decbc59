using System.Buffers;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>A tag as <see cref="AppShell"/> sees it; of elements that show no text, all of the element.</summary>
internal readonly ref struct ShellElement
{
    private const int MaxNameLength = 40;

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create("\"' \t\r\n/"u8);

    /// <summary>In lower case; empty for a comment or what is no tag.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    public string? Id { get; private init; }

    /// <summary>Of an element without text of its own; else empty.</summary>
    public ReadOnlySpan<byte> Content { get; private init; }

    /// <summary>Nothing stands between the tag and the next end tag.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>How much of the page it takes, at least one byte.</summary>
    public int Length { get; private init; }

    public static ShellElement Read(ReadOnlySpan<byte> html)
    {
        if (html.StartsWith("<!--"u8))
        {
            var end = html.IndexOf("-->"u8);
            return new ShellElement { Length = end < 0 ? html.Length : end + 3 };
        }

        var close = html.IndexOf((byte)'>');
        if (close < 0)
        {
            return new ShellElement { Length = html.Length };
        }

        var tag = html[1..close];
        var name = NameOf(tag);
        var rest = html[(close + 1)..];
        if (!IsWithoutText(name))
        {
            var id = name.Length > 0 ? IdOf(tag[name.Length..]) : null;
            return new ShellElement { Name = name, Id = id, IsEmpty = (id is not null || name.AsSpan().Contains((byte)'-')) && rest.TrimStart(" \t\r\n"u8).StartsWith("</"u8), Length = close + 1 };
        }

        var contentLength = EndOf(rest, name);
        return new ShellElement { Name = name, Content = rest[..contentLength], Length = close + 1 + contentLength };
    }

    private static bool IsWithoutText(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("script"u8)
        || name.SequenceEqual("style"u8)
        || name.SequenceEqual("noscript"u8)
        || name.SequenceEqual("template"u8)
        || name.SequenceEqual("svg"u8)
        || name.SequenceEqual("title"u8);

    private static byte[] NameOf(ReadOnlySpan<byte> tag)
    {
        var end = tag[..Math.Min(tag.Length, MaxNameLength)].IndexOfAny(NameEnds);
        var name = tag[..(end < 0 ? Math.Min(tag.Length, MaxNameLength) : end)].ToArray();
        foreach (ref var letter in name.AsSpan())
        {
            letter = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }

        return name;
    }

    /// <summary>Where the element's end tag begins.</summary>
    private static int EndOf(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name)
    {
        for (var from = 0; ; )
        {
            var end = rest[from..].IndexOf("</"u8);
            if (end < 0)
            {
                return rest.Length;
            }

            from += end + 2;
            if (rest.Length - from >= name.Length && Ascii.EqualsIgnoreCase(rest.Slice(from, name.Length), name))
            {
                return from - 2;
            }
        }
    }

    private static string? IdOf(ReadOnlySpan<byte> attributes)
    {
        for (var from = 0; ; )
        {
            var found = attributes[from..].IndexOf((byte)'=');
            if (found < 0)
            {
                return null;
            }

            from += found + 1;
            var isAttribute = from >= 4 && NameEnds.Contains(attributes[from - 4]) && Ascii.EqualsIgnoreCase(attributes[(from - 3)..(from - 1)], "id"u8);
            if (isAttribute)
            {
                var value = attributes[from..].TrimStart("\"'"u8);
                var end = value.IndexOfAny(ValueEnds);
                return Encoding.ASCII.GetString(value[..Math.Min(end < 0 ? value.Length : end, MaxNameLength)]);
            }
        }
    }
}
