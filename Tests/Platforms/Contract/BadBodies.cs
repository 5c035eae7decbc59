using System.Text;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>What a page's bytes may be instead of the page: each with a name for the test's report.</summary>
internal static class BadBodies
{
    private const int LargeSize = 10 * 1_048_576;
    private const int CutCount = 150;

    /// <summary>Bodies that have nothing to do with a platform's pages, or only their shape.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Foreign()
    {
        yield return ("nothing", []);
        yield return ("blanks", Bytes(" \r\n\t "));
        yield return ("a zero byte", [0]);
        yield return ("noise", Noise(100_000));
        yield return ("noise under an HTML tag", [.. Bytes("<!doctype html><html><body>"), .. Noise(100_000)]);
        yield return ("10 MB of noise", Noise(LargeSize));
        yield return ("10 MB of zeros", new byte[LargeSize]);
        yield return ("10 MB in one word", Bytes(new string('a', LargeSize)));
        yield return ("10 MB of paragraphs", Bytes("<html><body><h1>Pen</h1>" + Repeat("<p class=price>$5.00 free delivery over $50</p>", LargeSize)));
        yield return ("10 MB of products in JSON", Bytes("{\"products\":[" + Repeat("{\"id\":1,\"title\":\"Pen\",\"variants\":[{\"id\":2,\"price\":\"5.00\"}]},", LargeSize) + "{}]}"));
        yield return ("deep JSON arrays", Bytes(new string('[', 200_000)));
        yield return ("deep JSON objects", Bytes(string.Concat(Enumerable.Repeat("{\"products\":", 50_000)) + "1" + new string('}', 50_000)));
        yield return ("deep JSON in a product", Bytes("{\"products\":[{\"id\":1,\"variants\":[{\"id\":2,\"price\":" + new string('[', 2_000) + new string(']', 2_000) + "}]}]}"));
        yield return ("deep JSON-LD", Html("{\"@type\":\"Product\",\"offers\":" + string.Concat(Enumerable.Repeat("{\"offers\":", 50_000))));
        yield return ("deep HTML", Bytes("<html><body>" + string.Concat(Enumerable.Repeat("<div>", 100_000)) + "$5.00"));
        yield return ("half characters in JSON", Bytes("{\"products\":[{\"title\":\"\\ud83d\",\"handle\":\"\\udc00\",\"variants\":[{\"id\":\"\\ud83d\",\"price\":\"\\ud83d\"},{\"id\":3,\"price\":\"5\"}]}]}"));
        yield return ("half a character in a name", Bytes("{\"product\\ud83d\":1,\"products\\udc00\":[]}"));
        yield return ("half characters in JSON-LD", Html("{\"@type\":\"Product\",\"name\":\"\\ud83d\",\"review\":{\"@type\":\"Review\",\"author\":\"\\udc00A\",\"reviewBody\":\"\\ud83d\"},\"offers\":{\"price\":\"5 \\ud83d\"}}"));
        foreach (var json in (string[])["null", "1", "\"products\"", "[]", "{}", "{\"products\":null}", "{\"products\":{}}", "{\"products\":[1,null,\"x\",[]]}", "{\"products\":[{\"variants\":[{}]}]}", "{\"products\":[]} and more"])
        {
            yield return ($"JSON {json}", Bytes(json));
        }
    }

    /// <summary>The page cut off, from nothing to all but its last byte.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Cut(byte[] body)
    {
        var step = Math.Max(1, body.Length / CutCount);
        for (var length = 0; length < body.Length; length += step)
        {
            yield return ($"cut off after {length} bytes", body[..length]);
        }

        yield return ("without its last byte", body[..^1]);
    }

    /// <summary>The page grown to 10 MB.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Grown(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        yield return ("10 MB of it", Bytes(Repeat(text, LargeSize)));
        yield return ("10 MB of blanks within", Bytes(text.Insert(text.Length / 2, new string(' ', LargeSize))));
    }

    /// <summary>The page in other encodings than it says, and with bytes changed.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Damaged(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        yield return ("with a byte order mark", [.. Encoding.UTF8.Preamble, .. body]);
        yield return ("in Latin-1", Encoding.Latin1.GetBytes(text + "é"));
        yield return ("in UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);
        yield return ("in UTF-16 without a mark", Encoding.BigEndianUnicode.GetBytes(text));
        yield return ("in UTF-32", Encoding.UTF32.GetBytes(text));
        yield return ("backwards", [.. body.Reverse()]);
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var damaged = body.ToArray();
            for (var i = 0; i <= damaged.Length / 100; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            yield return ($"with wrong bytes, round {round}", damaged);
        }
    }

    private static byte[] Html(string json) => Bytes($"<html><head><title>Pen</title><script type=\"application/ld+json\">{json}</script></head><body><h1>Pen</h1></body></html>");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int size) => string.Concat(Enumerable.Repeat(text, (size / text.Length) + 1));

    private static byte[] Noise(int size)
    {
        var noise = new byte[size];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
