namespace Marketline.Platforms.Json;

/// <summary>Finds the state that a page's scripts carry: the objects behind a word that introduces them.</summary>
internal static class ScriptState
{
    /// <summary>More places that begin like the state and are none are not looked at: each may cost a pass over the page.</summary>
    private const int MaxCandidates = 8;

    /// <param name="page">In UTF-8.</param>
    /// <param name="word">What stands before the object, such as an assignment's left side.</param>
    public static List<ReadOnlyMemory<byte>> ObjectsBehind(ReadOnlyMemory<byte> page, ReadOnlySpan<byte> word)
    {
        var objects = new List<ReadOnlyMemory<byte>>(1);
        var rest = page;
        for (var i = 0; i < MaxCandidates && rest.Span.IndexOf(word) is var found and >= 0; i++)
        {
            rest = rest[(found + word.Length)..];
            var start = rest.Span.IndexOf((byte)'{');
            if (start >= 0 && LengthOfObject(rest.Span[start..]) is var length and > 0)
            {
                objects.Add(rest.Slice(start, length));
                rest = rest[(start + length)..];
            }
        }

        return objects;
    }

    /// <returns>0 for an object that does not end.</returns>
    private static int LengthOfObject(ReadOnlySpan<byte> text)
    {
        var (depth, quote) = (0, (byte)0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when quote != 0:
                    i++;
                    break;
                case (byte)'"' or (byte)'\'' when quote == 0 || quote == text[i]:
                    quote = quote == 0 ? text[i] : (byte)0;
                    break;
                case (byte)'{' when quote == 0:
                    depth++;
                    break;
                case (byte)'}' when quote == 0 && --depth == 0:
                    return i + 1;
            }
        }

        return 0;
    }
}
