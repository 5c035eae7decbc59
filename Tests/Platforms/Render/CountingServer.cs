using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Marketline.Tests.Platforms.Render;

/// <summary>An inner server that counts who reaches it, and answers everything to everybody.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _paths = new();
    private readonly Task _accepting;
    private int _connectionCount;

    public CountingServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int ConnectionCount => _connectionCount;

    public IReadOnlyCollection<string> Paths => _paths;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connectionCount);
                _connections.Add(AnswerAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var buffer = new byte[8192];
            var count = await client.GetStream().ReadAsync(buffer, _stop.Token);
            var parts = Encoding.Latin1.GetString(buffer, 0, count).Split(' ');
            _paths.Enqueue(parts.Length > 1 ? parts[1] : "?");
            var head = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/javascript\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The browser hung up, or the test is over.
        }
    }
}
