using System.Net;
using System.Net.Sockets;

namespace Marketline.Tests.Storage;

/// <summary>Passes connections on to a local port until so many bytes have gone through; then it resets them, and every new one.</summary>
internal sealed class CutRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private long _upLeft = long.MaxValue;
    private long _downLeft = long.MaxValue;

    public CutRelay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Lets so many more bytes through to the service.</summary>
    public void CutUploadsAfter(long bytes) => Interlocked.Exchange(ref _upLeft, bytes);

    /// <summary>Lets so many more bytes through from the service.</summary>
    public void CutDownloadsAfter(long bytes) => Interlocked.Exchange(ref _downLeft, bytes);

    public void Heal()
    {
        CutUploadsAfter(long.MaxValue);
        CutDownloadsAfter(long.MaxValue);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception stopped) when (IsEnd(stopped))
        {
            // Disposed.
        }
    }

    private async Task PassAsync(Socket caller)
    {
        // Closing with nothing to linger for resets the connection.
        using var near = caller;
        near.LingerState = new LingerOption(enable: true, seconds: 0);
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(CopyAsync(near, far, isUp: true), CopyAsync(far, near, isUp: false));
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // Either side went away, and with this method both sockets go.
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isUp)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
        {
            var left = isUp ? Interlocked.Add(ref _upLeft, -count) : Interlocked.Add(ref _downLeft, -count);
            if (left < 0)
            {
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is OperationCanceledException or SocketException or ObjectDisposedException;
}
