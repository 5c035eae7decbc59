using System.Net;
using System.Net.Sockets;

namespace Marketline.Benchmarks.Pipeline;

/// <summary>Names under <c>.localhost</c> are loopback (RFC 6761), which not every resolver knows.</summary>
internal static class Loopback
{
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
