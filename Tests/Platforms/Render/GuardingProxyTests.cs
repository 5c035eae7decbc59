using System.Net;
using System.Net.Sockets;
using System.Text;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Platforms.Render;

/// <summary>The proxy without a browser, spoken to byte by byte.</summary>
public sealed class GuardingProxyTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task Get_WithPass_IsForwardedWithoutTheProxysFields()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;
        _site.Page("/p?a=1", "hello");

        var answer = await AskAsync(proxy, $"GET {_site.Url("/p?a=1")} HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\nX-Kept: yes\r\n{Authorization(pass)}\r\n", "hello");

        Assert.Multiple(() =>
        {
            Assert.That(answer, Does.StartWith("HTTP/1.1 200 ").And.Contain("Connection: close\r\n").And.EndWith("\r\n\r\nhello"));
            Assert.That(_site.LastHead, Does.StartWith("GET /p?a=1 HTTP/1.1\r\n").And.Contain("X-Kept: yes").And.Not.Contain("Proxy-"));
            Assert.That(session.ByteCount, Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task Post_WithBody_IsForwardedWhole()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var client = await OpenAsync(proxy);
        await SendAsync(client, $"POST http://{listener.LocalEndpoint}/p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n{Authorization(pass)}\r\n");
        using var site = await listener.AcceptTcpClientAsync();
        await SendAsync(client, "body");
        var received = await ReadUntilAsync(site, "body");
        await SendAsync(site, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");

        Assert.That(received, Does.StartWith("POST /p HTTP/1.1\r\n").And.Contain("Content-Length: 4\r\n"));
        Assert.That(await ReadUntilAsync(client, "done"), Does.StartWith("HTTP/1.1 200 OK\r\n"));
    }

    [Test]
    public async Task Connect_WithPass_IsATunnel()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;
        _site.Map("/p", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "hello"u8.ToArray());

        using var client = await OpenAsync(proxy);
        await SendAsync(client, $"CONNECT 127.0.0.1:{_site.Port} HTTP/1.1\r\n{Authorization(pass)}\r\n");
        var established = await ReadUntilAsync(client, "\r\n\r\n");
        await SendAsync(client, "GET /p HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.That(established, Does.StartWith("HTTP/1.1 200 "));
        Assert.That(await ReadUntilAsync(client, "hello"), Does.EndWith("hello"));
    }

    [TestCase("")]
    [TestCase("Proxy-Authorization: Basic bm90aGluZw==\r\n")]
    [TestCase("Proxy-Authorization: Basic ???\r\n")]
    [TestCase("Proxy-Authorization: Bearer x\r\n")]
    [TestCase("Proxy-Authorization: Basic MTIzLjk5OTk5OTk5OTk6d3Jvbmc=\r\n", Description = "123.9999999999:wrong")]
    public async Task Get_WithoutGoodPass_IsRefused(string field)
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);

        var answer = await AskAsync(proxy, $"GET {_site.Url("/p")} HTTP/1.1\r\nHost: x\r\n{field}\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 407 ").And.Contain("Proxy-Authenticate: Basic"));
        Assert.That(_site.Requests, Is.Empty);
    }

    [Test]
    public async Task Get_PassOfAPageThatIsOver_IsRefused()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        session.Dispose();

        var answer = await AskAsync(proxy, $"GET {_site.Url("/p")} HTTP/1.1\r\nHost: x\r\n{Authorization(pass)}\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 407 "));
    }

    [Test]
    public void Check_PassOfTheSameSecret_IsGoodUntilItEnds()
    {
        var secret = new byte[32];
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var pass = new ProxyPasses(secret).Issue(now.AddSeconds(30));
        var field = Authorization(pass)["Proxy-Authorization: ".Length..].Trim();

        var names = new[] { now, now.AddSeconds(29), now.AddSeconds(30) }.Select(time => new ProxyPasses(secret).Check(field, time, out _));

        Assert.That(names, Is.EqualTo((string?[])[pass.UserName, pass.UserName, null]));
    }

    [Test]
    public async Task Get_PassOfAnotherProcess_IsServedOnlyByAProxyForOthers()
    {
        await using var fixture = new RenderFixture();
        var secret = new byte[32];
        await using var own = new GuardingProxy(fixture.Guard, new ProxyPasses(secret), new RenderOptions(), TimeProvider.System, NullLogger.Instance);
        await using var shared = new GuardingProxy(fixture.Guard, new ProxyPasses(secret), new RenderOptions(), TimeProvider.System, NullLogger.Instance, new IPEndPoint(IPAddress.Loopback, 0));
        var pass = new ProxyPasses(secret).Issue(DateTimeOffset.UtcNow + Lifetime);
        var request = $"GET {_site.Url("/p")} HTTP/1.1\r\nHost: x\r\n{Authorization(pass)}\r\n";
        _site.Page("/p", "hello");

        var answers = (await AskAsync(own, request), await AskAsync(shared, request, "hello"));

        Assert.That(answers.Item1, Does.StartWith("HTTP/1.1 407 "));
        Assert.That(answers.Item2, Does.EndWith("hello"));
    }

    [TestCase("http://127.0.0.1:{0}/p")]
    [TestCase("http://name.example:{0}/p")]
    [TestCase("http://localhost:{0}/p")]
    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("http://name.example:25/")]
    public async Task Get_AddressThatTheGuardRefuses_IsForbidden(string address)
    {
        await using var fixture = new RenderFixture(allowed: null);
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, _site.Port);
        var authority = new Uri(url).Authority;

        var plain = await AskAsync(proxy, $"GET {url} HTTP/1.1\r\nHost: x\r\n{Authorization(pass)}\r\n");
        var tunnel = await AskAsync(proxy, $"CONNECT {(authority.Contains(':', StringComparison.Ordinal) ? authority : authority + ":80")} HTTP/1.1\r\n{Authorization(pass)}\r\n");

        Assert.Multiple(() =>
        {
            Assert.That(plain, Does.StartWith("HTTP/1.1 403 "));
            Assert.That(tunnel, Does.StartWith("HTTP/1.1 403 "));
            Assert.That(session.RefusalCount, Is.EqualTo(2));
            Assert.That(_site.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Get_MoreBytesThanThePageMay_IsCutOff()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture, options => options.MaxPageBytes = 100_000);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;
        _site.Page("/p", new string('x', 1_000_000));

        var answer = await AskAsync(proxy, $"GET {_site.Url("/p")} HTTP/1.1\r\nHost: x\r\n{Authorization(pass)}\r\n");

        Assert.That(answer.Length, Is.LessThan(200_000));
        Assert.That(session.IsOverLimit, Is.True);
    }

    [TestCase("rubbish\r\n\r\n", ExpectedResult = "HTTP/1.1 407 Proxy Authentication Required")]
    [TestCase("GET / HTTP/1.1\r\nno field\r\n\r\n", ExpectedResult = "")]
    public async Task<string> Anything_ThatIsNoProxyRequest_IsAnsweredOrDropped(string request)
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);

        var answer = await AskAsync(proxy, request);

        return answer.Split("\r\n")[0];
    }

    [Test]
    public async Task Get_OriginForm_IsNoRequestToAProxy()
    {
        await using var fixture = new RenderFixture();
        await using var proxy = Proxy(fixture);
        var (pass, session) = proxy.Open(Lifetime);
        using var _ = session;

        var answer = await AskAsync(proxy, $"GET p HTTP/1.1\r\nHost: 127.0.0.1:{_site.Port}\r\n{Authorization(pass)}\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 400 "));
    }

    private static GuardingProxy Proxy(RenderFixture fixture, Action<RenderOptions>? change = null)
    {
        var options = new RenderOptions();
        change?.Invoke(options);
        return new GuardingProxy(fixture.Guard, ProxyPasses.Create(), options, TimeProvider.System, NullLogger.Instance);
    }

    private static string Authorization(ProxyPass pass) =>
        $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{pass.UserName}:{pass.Password}"))}\r\n";

    private static async Task<TcpClient> OpenAsync(GuardingProxy proxy)
    {
        var client = new TcpClient();
        await client.ConnectAsync(proxy.EndPoint);
        return client;
    }

    /// <remarks>The site does not close its connections; whoever knows the answer's end, as browsers do, does.</remarks>
    private static async Task<string> AskAsync(GuardingProxy proxy, string request, string end = "\0")
    {
        using var client = await OpenAsync(proxy);
        await SendAsync(client, request);
        return await ReadUntilAsync(client, end);
    }

    private static ValueTask SendAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    private static async Task<string> ReadUntilAsync(TcpClient client, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        try
        {
            while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await client.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // The proxy has cut the connection.
        }

        return text.ToString();
    }
}
