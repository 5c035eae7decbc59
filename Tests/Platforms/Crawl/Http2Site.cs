using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>A site that speaks HTTP/2 (RFC 9113) frame by frame, as a test says. It has no robots.txt.</summary>
internal sealed class Http2Site : IAsyncDisposable
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private const int FrameHeadLength = 9;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<Exchange, Task>[] _answers;
    private readonly Task _accepting;
    private int _requestCount;
    private int _connectionCount;

    /// <param name="answers">What becomes of each page request in turn; the last one stays.</param>
    public Http2Site(params Func<Exchange, Task>[] answers)
    {
        _answers = answers;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public X509Certificate2 Certificate { get; } = TestCertificate.Create("127.0.0.1");

    public int RequestCount => _requestCount;

    public int ConnectionCount => _connectionCount;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        Certificate.Dispose();
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
        await using var tls = new SslStream(client.GetStream());
        Interlocked.Increment(ref _connectionCount);
        try
        {
            var options = new SslServerAuthenticationOptions { ServerCertificate = Certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] };
            await tls.AuthenticateAsServerAsync(options, _stop.Token);
            await tls.ReadExactlyAsync(new byte[Preface.Length], _stop.Token);
            await WriteFrameAsync(tls, Frame.Settings, 0, 0, [], _stop.Token);
            var head = new byte[FrameHeadLength];
            while (true)
            {
                await tls.ReadExactlyAsync(head, _stop.Token);
                var payload = new byte[head[0] << 16 | head[1] << 8 | head[2]];
                await tls.ReadExactlyAsync(payload, _stop.Token);
                await TakeAsync(tls, (Frame)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or AuthenticationException or ObjectDisposedException)
        {
            // The crawler hung up, the answer was to hang up, or the test is over.
        }
    }

    private async Task TakeAsync(SslStream tls, Frame type, byte flags, int stream, byte[] payload)
    {
        const byte Acknowledged = 1;
        if (type == Frame.Settings && flags != Acknowledged)
        {
            await WriteFrameAsync(tls, Frame.Settings, Acknowledged, 0, [], _stop.Token);
        }
        else if (type == Frame.Headers)
        {
            // .NET writes paths plain, not in HPACK's Huffman code.
            var isRobots = Encoding.Latin1.GetString(payload).Contains("/robots.txt", StringComparison.Ordinal);
            var exchange = new Exchange(tls, stream, _stop.Token);
            await (isRobots ? exchange.HeadAsync(Exchange.NotFound, isLast: true) : _answers[Math.Min(Interlocked.Increment(ref _requestCount), _answers.Length) - 1](exchange));
        }
    }

    private static async Task WriteFrameAsync(SslStream tls, Frame type, byte flags, int stream, byte[] payload, CancellationToken cancellationToken)
    {
        var frame = new byte[FrameHeadLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | (byte)type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeadLength);
        await tls.WriteAsync(frame, cancellationToken);
    }

    public enum Frame : byte
    {
        Data = 0,
        Headers = 1,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        Continuation = 9,
    }

    /// <summary>One request, and the way back.</summary>
    public sealed class Exchange(SslStream tls, int stream, CancellationToken cancellationToken)
    {
        /// <summary>Indices of HPACK's static table (RFC 7541, appendix A).</summary>
        public const byte Ok = 0x80 | 8;
        public const byte NotFound = 0x80 | 13;

        public const int InternalError = 2;
        public const int RefusedStream = 7;
        public const int EnhanceYourCalm = 11;

        public const byte EndsStream = 1;
        private const byte EndsHeaders = 4;

        public CancellationToken CancellationToken => cancellationToken;

        public int Stream => stream;

        public Task HeadAsync(byte status = Ok, bool isLast = false) =>
            WriteAsync(Frame.Headers, (byte)(EndsHeaders | (isLast ? EndsStream : 0)), [status]);

        public Task HeadAsync(string field, string value) =>
            WriteAsync(Frame.Headers, EndsHeaders, [Ok, 0, (byte)field.Length, .. Encoding.ASCII.GetBytes(field), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)]);

        public Task DataAsync(string text, bool isLast = false) => WriteAsync(Frame.Data, isLast ? EndsStream : (byte)0, Encoding.ASCII.GetBytes(text));

        public async Task PageAsync(string text)
        {
            await HeadAsync();
            await DataAsync(text, isLast: true);
        }

        public Task ResetAsync(int error) => WriteAsync(Frame.Reset, 0, Number(error));

        /// <param name="last">The last stream that was worked on.</param>
        public Task GoAwayAsync(int last, int error) => WriteFrameAsync(tls, Frame.GoAway, 0, 0, [.. Number(last), .. Number(error)], cancellationToken);

        public Task PingAsync() => WriteFrameAsync(tls, Frame.Ping, 0, 0, new byte[8], cancellationToken);

        public Task WriteAsync(Frame type, byte flags, byte[] payload) => WriteFrameAsync(tls, type, flags, stream, payload, cancellationToken);

        public async Task WriteRawAsync(byte[] bytes) => await tls.WriteAsync(bytes, cancellationToken);

        public void HangUp() => tls.Close();

        private static byte[] Number(int number)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, number);
            return bytes;
        }
    }
}
