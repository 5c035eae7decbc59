using System.Net.Http.Headers;
using System.Text;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>Pages whose header, meta element and bytes do not agree.</summary>
[TestFixture]
internal sealed class CharsetTests
{
    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { ProductsPerShop = 120, Shops = ["dune", "grove"] };
        _server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _client = new ShopClient(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(0, "utf-8", "utf-8", "utf-8")]
    [TestCase(1, "Shift_JIS", "utf-8", "shift_jis")]
    [TestCase(2, "utf-8", "EUC-JP", "euc-jp")]
    [TestCase(3, null, "Shift_JIS", "shift_jis")]
    public async Task Dune_ByTurns_SaysOneAndSendsAnother(int turn, string? header, string meta, string bytes)
    {
        var lines = _server.GroundTruth("dune", 0).Where(line => line.Expected.Products.State == "delivered");
        var line = lines.First(candidate => Id(candidate) % 4 == turn);

        var (contentType, body) = await FetchAsync(line.Url);
        var text = Encoding(bytes).GetString(body);

        Assert.That(contentType.CharSet, Is.EqualTo(header));
        Assert.That(text, Does.Contain($"<meta charset=\"{meta}\">").And.Contain(line.Products[0].Brand));
        Assert.That(text, Does.Match(turn == 0 ? @"¥\d" : @"&yen;\d"));
        Assert.That(
            text,
            Does.Not.Contain('?' + "</").And.Not.Contain('\uFFFD'),
            "Every character has a place in the encoding."
        );
    }

    [Test]
    public async Task Grove_WindowsBytesUnderUtf8_AreNoUtf8()
    {
        var line = Faulty("WindowsBytesUnderUtf8");

        var (contentType, body) = await FetchAsync(line.Url);

        Assert.That(contentType.CharSet, Is.EqualTo("utf-8"));
        Assert.That(() => new UTF8Encoding(false, true).GetString(body), Throws.InstanceOf<DecoderFallbackException>());
        Assert.That(Encoding("windows-1252").GetString(body), Does.Contain("Édition Noël"));
        Assert.That(line.Products[0].Name, Does.EndWith(" – Édition Noël"));
    }

    [Test]
    public async Task Grove_Utf8UnderLatinHeader_IsUtf8()
    {
        var line = Faulty("Utf8UnderLatinHeader");

        var (contentType, body) = await FetchAsync(line.Url);

        Assert.That(contentType.CharSet, Is.EqualTo("ISO-8859-1"));
        Assert.That(new UTF8Encoding(false, true).GetString(body), Does.Contain(line.Products[0].Name));
    }

    private TruthLine Faulty(string fault) => _server.GroundTruth("grove", 0).First(line => line.Fault == fault);

    private async Task<(MediaTypeHeaderValue ContentType, byte[] Body)> FetchAsync(string url)
    {
        using var response = await _client.GetAsync(url);
        return (response.Content.Headers.ContentType!, await response.Content.ReadAsByteArrayAsync());
    }

    private static int Id(TruthLine line) =>
        int.Parse(line.Canonical[^6..], System.Globalization.CultureInfo.InvariantCulture);

    private static Encoding Encoding(string name) =>
        name == "utf-8" ? new UTF8Encoding(false, true) : CodePagesEncodingProvider.Instance.GetEncoding(name)!;
}
