using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Marketline.Benchmarks.Api;

/// <summary>
/// Asks one address over many kept-alive connections, each with one request at a time, on bare sockets: what a client library
/// costs would be measured as well.
/// </summary>
internal sealed class HttpLoad(Uri address, int connectionCount)
{
    public async Task<LoadResult> RunAsync(string path, TimeSpan duration, params string[] headers)
    {
        var head = string.Concat(headers.Append($"Host: {address.Authority}").Select(header => $"{header}\r\n"));
        var request = Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\n{head}\r\n");
        var begun = Stopwatch.GetTimestamp();
        var connections = Enumerable.Range(0, connectionCount).Select(_ => Task.Run(() => AskAsync(request, begun, duration)));
        var times = (await Task.WhenAll(connections)).SelectMany(own => own).Order().ToList();
        return new LoadResult(
            times.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds,
            times[times.Count / 2],
            times[(int)(times.Count * 0.99)]
        );
    }

    /// <returns>The milliseconds that each request took.</returns>
    private async Task<List<double>> AskAsync(byte[] request, long begun, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var buffer = new byte[64 * 1024];
        var times = new List<double>(16_384);
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            var askedAt = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, buffer);
            times.Add(Stopwatch.GetElapsedTime(askedAt).TotalMilliseconds);
        }

        return times;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var (count, length) = (0, -1);
        while (length < 0 || count < length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(count));
            count = read > 0 ? count + read : throw new IOException("The app closed the connection.");
            length = length >= 0 ? length : LengthOf(buffer.AsSpan(0, count));
        }
    }

    /// <returns>The whole answer's length; -1 while that can not be known.</returns>
    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return -1;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8) && !answer.StartsWith("HTTP/1.1 304"u8))
        {
            throw new IOException($"The app answered: {Encoding.UTF8.GetString(answer)}");
        }

        var fields = answer[..(end + 2)];
        var start = fields.IndexOf("Content-Length: "u8);
        if (start >= 0)
        {
            var text = fields[(start + 16)..];
            return end + 4 + int.Parse(text[..text.IndexOf("\r\n"u8)], null);
        }

        var isWhole = answer.StartsWith("HTTP/1.1 304"u8) || answer.EndsWith("0\r\n\r\n"u8);
        return isWhole ? answer.Length : -1;
    }
}
