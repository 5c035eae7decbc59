using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>Certificates that nobody should trust: the page ends with its reason, and the site never sees a request.</summary>
public sealed class TlsFaultTests
{
    public static IEnumerable<TestCaseData> Certificates()
    {
        var now = DateTimeOffset.UtcNow;
        yield return new TestCaseData("127.0.0.1", now.AddDays(-1), now.AddDays(30)).SetArgDisplayNames("self-signed");
        yield return new TestCaseData("other.example", now.AddDays(-1), now.AddDays(30)).SetArgDisplayNames("wrong host");
        yield return new TestCaseData("127.0.0.1", now.AddDays(-30), now.AddDays(-1)).SetArgDisplayNames("expired");
        yield return new TestCaseData("127.0.0.1", now.AddDays(1), now.AddDays(30)).SetArgDisplayNames("not valid yet");
    }

    [TestCaseSource(nameof(Certificates))]
    public async Task FetchAsync_CertificateIsNotToBeTrusted_IsTlsFailed(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var certificate = TestCertificate.Create(from, to, name);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        using var crawl = new CrawlFixture(options => options.MaxAttempts = 1);

        var page = await crawl.FetchAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/p");

        listener.Stop();
        Assert.That((page.FailureReason, page.Body.IsEmpty), Is.EqualTo((FetchReasons.TlsFailed, true)), page.FailureDetail);
        Assert.That(await serving, Is.Zero, "bytes of requests");
    }

    /// <returns>How many bytes came after the handshakes.</returns>
    private static async Task<int> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var count = 0;
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var tls = new SslStream(client.GetStream());
                try
                {
                    await tls.AuthenticateAsServerAsync(certificate);
                    count += await tls.ReadAsync(new byte[1024]);
                }
                catch (Exception failure) when (failure is AuthenticationException or IOException)
                {
                    // The crawler hung up.
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return count;
        }
    }
}
