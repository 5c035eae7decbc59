using System.Net.Sockets;
using System.Text;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>A request as bytes on a connection, as no client library would send it.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends and reads the first answer; what the server does not take any more is not sent.</summary>
    public static async Task<AttackAnswer> SendAsync(Uri address, string head, IEnumerable<byte[]>? body = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, patience.Token);
        var answer = ReadAsync(socket, head.StartsWith("HEAD ", StringComparison.Ordinal), patience.Token);
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(head), patience.Token);
            foreach (var part in body ?? [])
            {
                if (answer.IsCompleted)
                {
                    break;
                }

                await socket.SendAsync(part, patience.Token);
            }
        }
        catch (SocketException)
        {
            // Cut off by the server, which has answered.
        }

        return await answer;
    }

    private static async Task<AttackAnswer> ReadAsync(Socket socket, bool isHead, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (!IsWhole(received, isHead) && await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            {
                received.Write(buffer, 0, count);
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
            // What has come is the answer.
        }

        return Parse(Encoding.UTF8.GetString(received.ToArray()), isHead);
    }

    private static bool IsWhole(MemoryStream received, bool isHead)
    {
        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return isHead || (length is null ? text.EndsWith("0\r\n\r\n", StringComparison.Ordinal) : text.Length - end - 4 >= int.Parse(length.Split(':')[1], null));
    }

    private static AttackAnswer Parse(string text, bool isHead)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).Split("\r\n");
        var status = lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, out var number) ? number : 0;
        var type = lines.FirstOrDefault(line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1].Split(';')[0].Trim();
        var body = end < 0 ? "" : text[(end + 4)..];
        if (lines.Contains("Transfer-Encoding: chunked", StringComparer.OrdinalIgnoreCase))
        {
            body = string.Concat(body.Split("\r\n").Where((_, i) => i % 2 == 1));
        }

        return new AttackAnswer(status, type, string.Join('\n', lines.Skip(1)), body, isHead);
    }
}
