using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>A site on a free port of this machine that answers each path byte by byte as a test says, however ill-mannered.</summary>
internal sealed class HostileSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<NetworkStream, CancellationToken, Task>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _underWay;
    private int _mostUnderWay;

    public HostileSite()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Uri Root => new($"http://127.0.0.1:{Port}/");

    /// <summary>Request targets in the order in which they came.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The head of the latest request.</summary>
    public string LastHead { get; private set; } = "";

    public int MostUnderWay => _mostUnderWay;

    public string Url(string path) => new Uri(Root, path).AbsoluteUri;

    public int CountOf(string path) => _requests.Count(request => request == path);

    public bool IsMapped(string path) => _answers.ContainsKey(path);

    public void Map(string path, Func<NetworkStream, CancellationToken, Task> answer) => _answers[path] = answer;

    public void Map(string path, string head, byte[] body) =>
        Map(path, async (stream, token) => await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body], token));

    public void Page(string path, string body, string headers = "", int status = 200) =>
        Page(path, Encoding.UTF8.GetBytes(body), headers, status);

    public void Page(string path, byte[] body, string headers = "", int status = 200) =>
        Map(path, $"HTTP/1.1 {status} Some\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n{headers}\r\n", body);

    public void Redirect(string path, string location, int status = 302) =>
        Map(path, $"HTTP/1.1 {status} Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n", []);

    /// <summary>Answers that differ from one request to the next; the last one stays.</summary>
    public void InTurn(string path, params Func<NetworkStream, CancellationToken, Task>[] answers)
    {
        var count = -1;
        Map(path, (stream, token) => answers[Math.Min(Interlocked.Increment(ref count), answers.Length - 1)](stream, token));
    }

    public static Func<NetworkStream, CancellationToken, Task> Status(int status, string headers = "", string body = "") =>
        async (stream, token) =>
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes($"HTTP/1.1 {status} Some\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}"),
                token
            );

    /// <summary>Says nothing until the test is over.</summary>
    public static Task Silence(NetworkStream stream, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

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
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadHeadAsync(stream) is { } head)
            {
                LastHead = head;
                var target = head.Split(' ', 3)[1];
                _requests.Enqueue(target);
                await AnswerAsync(target, stream);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The crawler hung up, the answer was to hang up, or the test is over.
        }
    }

    private async Task AnswerAsync(string target, NetworkStream stream)
    {
        var underWay = Interlocked.Increment(ref _underWay);
        InterlockedMax(ref _mostUnderWay, underWay);
        try
        {
            await _answers.GetValueOrDefault(target, Status(404))(stream, _stop.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return head.ToString();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen) { }
    }
}
