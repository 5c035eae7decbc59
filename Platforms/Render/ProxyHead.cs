using System.Globalization;
using System.Text;

namespace Marketline.Platforms.Render;

/// <summary>The head of a request or an answer: first line and fields, as they came.</summary>
internal sealed class ProxyHead
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>RFC 9110 §7.6.1, and what browsers say to proxies.</summary>
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Upgrade",
    };

    private readonly List<(string Name, string Line)> _fields = [];

    private ProxyHead(string firstLine) => FirstLine = firstLine;

    public string FirstLine { get; }

    /// <summary>What was read beyond the head.</summary>
    public ReadOnlyMemory<byte> Rest { get; private init; }

    /// <returns>Null when the other side hung up, or sent what is no head.</returns>
    public static async Task<ProxyHead?> ReadAsync(Stream stream, CancellationToken cancellationToken, ReadOnlyMemory<byte> already = default)
    {
        var buffer = new byte[Math.Max(4096, already.Length + 1)];
        already.CopyTo(buffer);
        var (count, from) = (already.Length, 0);
        while (true)
        {
            var end = buffer.AsSpan(from, count - from).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var length = from + end + 4;
                return Parse(Encoding.Latin1.GetString(buffer, 0, length - 4), buffer.AsMemory(length, count - length));
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = count < MaxBytes ? await stream.ReadAsync(buffer.AsMemory(count), cancellationToken) : 0;
            if (read == 0)
            {
                return null;
            }

            from = Math.Max(0, count - 3);
            count += read;
        }
    }

    public string? Field(string name)
    {
        var line = _fields.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Line;
        return line?[(line.IndexOf(':') + 1)..].Trim();
    }

    /// <summary>The head as it goes on, for one exchange a connection.</summary>
    public byte[] Rewrite(string firstLine)
    {
        var named = (Field("Connection") ?? "").Split(',', StringSplitOptions.TrimEntries);
        var text = new StringBuilder(1024).Append(firstLine).Append("\r\n");
        foreach (var (name, line) in _fields)
        {
            if (!HopByHop.Contains(name) && !named.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                text.Append(line).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.Append("Connection: close\r\n\r\n").ToString());
    }

    /// <summary>An answer of the proxy's own, without a body.</summary>
    public static byte[] Answer(int status, string words, string field = "") =>
        Encoding.Latin1.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {words}\r\n{field}Content-Length: 0\r\nConnection: close\r\n\r\n")
        );

    private static ProxyHead? Parse(string text, ReadOnlyMemory<byte> rest)
    {
        var lines = text.Split("\r\n");
        var head = new ProxyHead(lines[0]) { Rest = rest };
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                return null;
            }

            head._fields.Add((line[..colon].Trim(), line));
        }

        return head;
    }
}
