using System.Net.Sockets;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>What a site can do to a crawler, bytes and all: each ends as a page with its reason, soon.</summary>
public sealed class PageFetcherFaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public async Task TearDown() => await _site.DisposeAsync();

    [Test]
    public async Task FetchAsync_NoAnswer_TimesOut()
    {
        _site.Map("/p", HostileSite.Silence);

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.TimedOut, 2)));
    }

    [Test]
    public async Task FetchAsync_HeadTrickles_TimesOut()
    {
        _site.Map("/p", (stream, token) => TrickleAsync(stream, "HTTP/1.1 200 OK\r\nX-Slow: ", "a", token));

        var page = await FetchAsync("/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TimedOut));
    }

    [Test]
    public async Task FetchAsync_BodyTrickles_TimesOut()
    {
        _site.Map("/p", (stream, token) => TrickleAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "a", token));

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.StatusCode), Is.EqualTo((FetchReasons.TimedOut, 200)));
        Assert.That(page.Body.IsEmpty);
    }

    [Test]
    public async Task FetchAsync_EndlessBody_IsTooLarge()
    {
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 65_536) + "\r\n");
        _site.Map("/p", async (stream, token) =>
        {
            await HeadAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", token);
            while (true)
            {
                await stream.WriteAsync(chunk, token);
            }
        });

        var page = await FetchAsync("/p", options => options.MaxBodyBytes = 1_000_000);

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.TooLarge, 1)));
    }

    [Test]
    public async Task FetchAsync_FiftyMegabytesAnnounced_IsTooLargeWithoutReading()
    {
        _site.Map("/p", async (stream, token) =>
        {
            await HeadAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n", token);
            await HostileSite.Silence(stream, token);
        });

        var page = await FetchAsync("/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TooLarge));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", FetchReasons.CutOff)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", FetchReasons.CutOff)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\nshort\r\n", FetchReasons.ProtocolError)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le", FetchReasons.CutOff)]
    [TestCase("", FetchReasons.CutOff)]
    [TestCase("<html>I am HTTP/0.9</html>\r\n\r\n", FetchReasons.ProtocolError)]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n", FetchReasons.ProtocolError)]
    [TestCase("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", FetchReasons.ProtocolError)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", FetchReasons.CutOff)]
    public async Task FetchAsync_AnswerIsCutOrNoHttp_GivesTheReason(string bytes, string reason)
    {
        _site.Map("/p", async (stream, token) =>
        {
            await HeadAsync(stream, bytes, token);
            stream.Socket.Shutdown(SocketShutdown.Both);
        });

        var page = await FetchAsync("/p");

        Assert.That(page.FailureReason, Is.EqualTo(reason), page.FailureDetail);
        Assert.That(page.Body.IsEmpty);
    }

    [Test]
    public async Task FetchAsync_BodyLongerThanItsLength_IsCutThereAndTheRestIsNoAnswerToTheNextRequest()
    {
        _site.Map("/p", (stream, token) => HeadAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL", token));
        _site.Page("/q", "good");
        using var crawl = new CrawlFixture();

        var first = await crawl.FetchAsync(_site.Url("/p"));
        var second = await crawl.FetchAsync(_site.Url("/q"));

        Assert.That(new[] { first, second }.Select(page => Encoding.ASCII.GetString(page.Body.Span)), Is.EqualTo(new[] { "hello", "good" }));
    }

    [Test]
    public async Task FetchAsync_RedirectsFromPageToPageForever_IsTooManyRedirects()
    {
        for (var i = 0; i < 20; i++)
        {
            _site.Redirect($"/r/{i}", $"/r/{i + 1}");
        }

        var page = await FetchAsync("/r/0");

        Assert.That((page.FailureReason, _site.Requests.Count(request => request.StartsWith("/r/", StringComparison.Ordinal))), Is.EqualTo((FetchReasons.TooManyRedirects, 6)));
    }

    [Test]
    public async Task FetchAsync_ConnectionReset_IsCutOff()
    {
        _site.Map("/p", (stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.CutOff, 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_CutOffOnce_GivesThePageAtTheSecondAttempt()
    {
        _site.InTurn(
            "/p",
            (stream, token) => HeadAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhal", token, isClosing: true),
            HostileSite.Status(200, body: "whole now")
        );

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.AttemptCount, page.Body.Length), Is.EqualTo(((string?)null, 2, 9)));
    }

    [Test]
    public async Task FetchAsync_HeadTooLarge_IsTooLarge()
    {
        _site.Page("/p", "x", $"X-Long: {new string('a', 100_000)}\r\n");

        var page = await FetchAsync("/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TooLarge), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_HeadWithoutEnd_IsTooLarge()
    {
        var line = Encoding.ASCII.GetBytes($"X-Line: {new string('a', 1_000)}\r\n");
        _site.Map("/p", async (stream, token) =>
        {
            await HeadAsync(stream, "HTTP/1.1 200 OK\r\n", token);
            while (true)
            {
                await stream.WriteAsync(line, token);
            }
        });

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.TooLarge, 1)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_InterimAnswersWithoutEnd_TimesOut()
    {
        _site.Map("/p", (stream, token) => TrickleAsync(stream, "", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", token));

        var page = await FetchAsync("/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TimedOut), page.FailureDetail);
    }

    [TestCase(302, "Location: /q\r\n", null)]
    [TestCase(404, "", FetchReasons.NotFound)]
    [TestCase(403, "", FetchReasons.Blocked)]
    public async Task FetchAsync_BodyThatNobodyWantsHasNoEnd_IsNotRead(int status, string headers, string? reason)
    {
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 65_536) + "\r\n");
        _site.Page("/q", "here");
        _site.Map("/p", async (stream, token) =>
        {
            await HeadAsync(stream, $"HTTP/1.1 {status} Some\r\n{headers}Transfer-Encoding: chunked\r\n\r\n", token);
            while (true)
            {
                await stream.WriteAsync(chunk, token);
            }
        });

        var page = await FetchAsync("/p");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((reason, 1)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_HandshakeIsNotAnswered_TimesOut()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var crawl = new CrawlFixture(options =>
        {
            options.ConnectTimeout = Short;
            options.MaxAttempts = 1;
        });

        var page = await crawl.FetchAsync($"https://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/p");

        listener.Stop();
        Assert.That(page.FailureDetail, Does.EndWith("No connection within the time allowed."));
        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TimedOut));
    }

    [Test]
    public async Task FetchAsync_NoTls_IsTlsFailed()
    {
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync($"https://127.0.0.1:{await PlainTextPortAsync()}/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TlsFailed), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_NobodyListens_IsConnectFailed()
    {
        int port;
        await using (var gone = new HostileSite())
        {
            port = gone.Port;
        }

        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync($"http://127.0.0.1:{port}/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.ConnectFailed), page.FailureDetail);
    }

    private async Task<FetchedPage> FetchAsync(string path, Action<CrawlOptions>? change = null)
    {
        using var crawl = new CrawlFixture(options =>
        {
            options.FirstByteTimeout = Short;
            options.FetchTimeout = Short * 2;
            options.MaxAttempts = 2;
            change?.Invoke(options);
        });
        return await crawl.FetchAsync(_site.Url(path));
    }

    /// <summary>A listener that greets in plain text whoever comes.</summary>
    private async Task<int> PlainTextPortAsync()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        _ = GreetAsync();
        await Task.Yield();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        async Task GreetAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("220 mail.example ESMTP, what can I do for you today?\r\n"u8.ToArray());
            listener.Stop();
        }
    }

    private static async Task HeadAsync(NetworkStream stream, string bytes, CancellationToken cancellationToken, bool isClosing = false)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), cancellationToken);
        if (isClosing)
        {
            stream.Socket.Shutdown(SocketShutdown.Both);
        }
    }

    private static async Task TrickleAsync(NetworkStream stream, string head, string drop, CancellationToken cancellationToken)
    {
        await HeadAsync(stream, head, cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await HeadAsync(stream, drop, cancellationToken);
        }
    }
}
