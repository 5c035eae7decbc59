using System.Net;
using System.Net.Sockets;

namespace Marketline.Tests.Storage;

/// <summary>
/// Passes connections on to a local port while it runs. Stopped, it keeps its own port bound but does not listen, so that callers
/// are refused and nobody else takes the port.
/// </summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly int target;
    private Socket socket = Bind(0);
    private CancellationTokenSource? running;

    public TcpRelay(int target)
    {
        this.target = target;
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public void Start()
    {
        socket.Listen();
        running = new CancellationTokenSource();
        _ = AcceptAsync(socket, running.Token);
    }

    public void Stop()
    {
        if (running is null)
        {
            return;
        }

        running.Cancel();
        running = null;
        socket.Dispose();
        socket = Bind(Port);
    }

    public void Dispose()
    {
        Stop();
        socket.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await listener.AcceptAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception stopped) when (IsEnd(stopped))
        {
            // The relay was stopped.
        }
    }

    private async Task PassAsync(Socket caller, CancellationToken cancellationToken)
    {
        using var service = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        using var down = new NetworkStream(caller, ownsSocket: true);
        try
        {
            await service.ConnectAsync(IPAddress.Loopback, target, cancellationToken);
            using var up = new NetworkStream(service);
            await Task.WhenAny(down.CopyToAsync(up, cancellationToken), up.CopyToAsync(down, cancellationToken));
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // Either side went away, and with this method both sockets go.
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is OperationCanceledException or SocketException or ObjectDisposedException or IOException;
}
