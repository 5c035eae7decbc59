using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

[TestFixture]
internal sealed class FaultTests
{
    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { Shops = ["grove"], PageSizeBytes = 8000 };
        _server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _client = new ShopClient(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public void GroundTruth_Default_HasEveryKindOfFault()
    {
        var kinds = _server
            .GroundTruth("grove", 0)
            .Select(line => line.Fault)
            .Where(fault => fault is not null)
            .Distinct();

        Assert.That(kinds, Is.EquivalentTo(Enum.GetNames<FaultKind>().Where(name => name != nameof(FaultKind.None))));
    }

    [Test]
    public async Task FaultPercent_Zero_EveryListedPageIsInOrder()
    {
        var options = new DemoMarketplaceOptions
        {
            Shops = ["grove"],
            FaultPercent = 0,
            ProductsPerShop = 60,
        };
        await using var server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        using var client = new ShopClient(server);

        foreach (var line in server.GroundTruth("grove", 0))
        {
            using var response = await client.GetAsync(line.Url);
            Assert.That(line.Fault, Is.Null);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), line.Url);
        }
    }

    [TestCase(FaultKind.RateLimitedOnce, 429, 200, 200)]
    [TestCase(FaultKind.RateLimitedAlways, 429, 429, 429)]
    [TestCase(FaultKind.ServerErrorTwice, 500, 500, 200)]
    [TestCase(FaultKind.ServerErrorAlways, 500, 500, 500)]
    [TestCase(FaultKind.UnavailableOnce, 503, 200, 200)]
    [TestCase(FaultKind.Forbidden, 403, 403, 403)]
    [TestCase(FaultKind.NotFound, 404, 404, 404)]
    public async Task Status_AskedThreeTimes_RecoversOrNot(FaultKind kind, int first, int second, int third)
    {
        var line = Line(kind);
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await _client.GetAsync(line.Url);
            statuses.Add((int)response.StatusCode);
            var mayRetry = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(mayRetry ? TimeSpan.FromSeconds(1) : null));
        }

        Assert.That(statuses, Is.EqualTo(new[] { first, second, third }));
    }

    [Test]
    public async Task Recovering_PageInTheEnd_AgreesWithTheTruth()
    {
        foreach (var kind in new[] { FaultKind.RateLimitedOnce, FaultKind.UnavailableOnce })
        {
            var line = Line(kind);
            using var refused = await _client.GetAsync(line.Url);

            var product = JsonLdReader.Product(new HtmlParser().ParseDocument(await _client.TextAsync(line.Url)));

            Assert.That(JsonLdReader.Price(product.GetProperty("offers")), Is.EqualTo(line.Products[0].Price));
        }
    }

    [Test]
    public async Task StallsBeforeHeaders_Client_GivesUp()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var url = Line(FaultKind.StallsBeforeHeaders).Url;

        Assert.That(
            async () => await _client.BeginAsync(url, patience.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task StallsInBody_HeadersCome_BodyDoesNotEnd()
    {
        using var response = await _client.BeginAsync(Line(FaultKind.StallsInBody).Url);
        await using var body = await response.Content.ReadAsStreamAsync();
        var start = new byte[16];
        await body.ReadExactlyAsync(start);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            async () => await body.CopyToAsync(Stream.Null, patience.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [TestCase(FaultKind.CutOffLength, true)]
    [TestCase(FaultKind.CutOffChunked, false)]
    [TestCase(FaultKind.CutOffOnce, true)]
    public async Task CutOff_Body_EndsTooSoon(FaultKind kind, bool hasLength)
    {
        using var response = await _client.BeginAsync(Line(kind).Url);

        Assert.That(response.Content.Headers.ContentLength, hasLength ? Is.EqualTo(60_000) : Is.Null);
        Assert.That(
            async () => await response.Content.ReadAsByteArrayAsync(),
            Throws.InstanceOf<HttpRequestException>()
        );
    }

    [Test]
    public async Task CutOffOnce_SecondTime_IsWhole()
    {
        var line = Line(FaultKind.CutOffOnce);
        Assert.That(async () => await _client.TextAsync(line.Url), Throws.InstanceOf<HttpRequestException>());

        Assert.That(await _client.TextAsync(line.Url), Does.Contain(line.Products[0].Name).And.EndWith("</html>\n"));
    }

    [TestCase(FaultKind.BrokenJsonLd)]
    [TestCase(FaultKind.TruncatedJsonLd)]
    public async Task BadJsonLd_DoesNotParse_ButOpenGraphAgrees(FaultKind kind)
    {
        var line = Line(kind);

        var document = new HtmlParser().ParseDocument(await _client.TextAsync(line.Url));
        var script = document.QuerySelector("script[type='application/ld+json']")!.TextContent;

        Assert.That(() => JsonDocument.Parse(script), Throws.InstanceOf<JsonException>());
        Assert.That(Meta("product:price:amount"), Is.EqualTo(FormattableString.Invariant($"{line.Products[0].Price}")));
        Assert.That(Meta("product:price:currency"), Is.EqualTo("EUR"));
        Assert.That(Meta("product:retailer_item_id"), Is.EqualTo(line.Products[0].Sku));
        Assert.That(Meta("product:brand"), Is.EqualTo(line.Products[0].Brand));
        Assert.That(document.QuerySelectorAll(".reviews article").Length, Is.EqualTo(line.Reviews.Count));

        string? Meta(string property) =>
            document.QuerySelector($"meta[property='{property}']")?.GetAttribute("content");
    }

    [TestCase(FaultKind.PdfBody, "application/pdf", "%PDF-1.4")]
    [TestCase(FaultKind.PngBodyAsHtml, "text/html", "\u0089PNG")]
    [TestCase(FaultKind.EmptyBody, "text/html", "")]
    [TestCase(FaultKind.HumanCheck, "text/html", "<!doctype html>")]
    public async Task OtherBody_IsWhatItIs(FaultKind kind, string mediaType, string start)
    {
        using var response = await _client.GetAsync(Line(kind).Url);
        var body = System.Text.Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(mediaType));
        Assert.That(body, start.Length == 0 ? Is.Empty : Does.StartWith(start));
    }

    [Test]
    public async Task HugePage_IsFiftyMegabytes()
    {
        using var response = await _client.BeginAsync(Line(FaultKind.HugePage).Url);

        Assert.That(
            await LengthAsync(await response.Content.ReadAsStreamAsync()),
            Is.EqualTo(50_000_000).Within(100_000)
        );
    }

    [Test]
    public async Task GzipBomb_SmallOnTheWire_HugeUnpacked()
    {
        using var response = await _client.BeginAsync(Line(FaultKind.GzipBomb).Url);
        await using var wire = new CountingStream(await response.Content.ReadAsStreamAsync());
        await using var unpacked = new GZipStream(wire, CompressionMode.Decompress);

        Assert.That(await LengthAsync(unpacked), Is.EqualTo(512L * 1024 * 1024));
        Assert.That(wire.ReadCount, Is.LessThan(1_000_000));
    }

    [Test]
    public async Task NotReallyGzip_SaysGzip_DoesNotUnpack()
    {
        using var response = await _client.GetAsync(Line(FaultKind.NotReallyGzip).Url);
        await using var unpacked = new GZipStream(
            await response.Content.ReadAsStreamAsync(),
            CompressionMode.Decompress
        );

        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        Assert.That(async () => await unpacked.CopyToAsync(Stream.Null), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task RedirectChain_Followed_LeadsToThePage()
    {
        var line = Line(FaultKind.RedirectChain);

        var hops = await FollowAsync(line.Url, atMost: 10);

        Assert.That(hops, Has.Count.EqualTo(4));
        Assert.That(
            await _client.TextAsync(hops[^1]),
            Does.Contain(line.Products[0].Name).And.Contain($"href=\"{line.Canonical}\"")
        );
    }

    [Test]
    public async Task RedirectLoop_Followed_ComesBack()
    {
        var hops = await FollowAsync(Line(FaultKind.RedirectLoop).Url, atMost: 10);

        Assert.That(hops, Has.Count.EqualTo(11));
        Assert.That(hops.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task RedirectEndless_Followed_IsAlwaysNew()
    {
        var hops = await FollowAsync(Line(FaultKind.RedirectEndless).Url, atMost: 30);

        Assert.That(hops, Has.Count.EqualTo(31).And.Unique);
    }

    [TestCase(FaultKind.RedirectToMetadata, "http://169.254.169.254/latest/meta-data/")]
    [TestCase(FaultKind.RedirectToMappedMetadata, "http://[::ffff:169.254.169.254]/latest/meta-data/")]
    public async Task RedirectToPrivateAddress_NamesIt(FaultKind kind, string location)
    {
        using var response = await _client.GetAsync(Line(kind).Url);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(response.Headers.GetValues("Location"), Is.EqualTo(new[] { location }));
    }

    [TestCase(FaultKind.NoPrice, null, "delivered")]
    [TestCase(FaultKind.PriceOnRequest, "Price on request", "quarantined")]
    [TestCase(FaultKind.ZeroPrice, "€0.00", "quarantined")]
    public async Task BadPrice_StandsOnThePage(FaultKind kind, string? shown, string state)
    {
        var line = Line(kind);

        var document = new HtmlParser().ParseDocument(await _client.TextAsync(line.Url));

        Assert.That(document.QuerySelector(".price")?.TextContent, Is.EqualTo(shown));
        Assert.That(line.Expected.Products.State, Is.EqualTo(state));
        Assert.That(line.Expected.Prices.State, Is.EqualTo("quarantined"));
    }

    [Test]
    public async Task SoftNotFound_SaysNo_WithStatus200()
    {
        using var response = await _client.GetAsync(Line(FaultKind.SoftNotFound).Url);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("We could not find the page"));
    }

    [Test]
    public async Task Sitemap_OneFileOfTheIndex_IsNotThere()
    {
        using var response = await _client.GetAsync(_server.BaseUrl("grove") + "/sitemap-archive.xml.gz");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await _client.TextAsync(_server.BaseUrl("grove") + "/sitemap.xml"),
            Does.Contain("/sitemap-archive.xml.gz")
        );
    }

    private TruthLine Line(FaultKind kind) =>
        _server.GroundTruth("grove", 0).First(line => line.Fault == kind.ToString());

    /// <summary>The address and all that it leads to.</summary>
    private async Task<List<string>> FollowAsync(string url, int atMost)
    {
        var hops = new List<string> { url };
        while (hops.Count <= atMost)
        {
            using var response = await _client.GetAsync(hops[^1]);
            if (response.Headers.Location is not { } next)
            {
                break;
            }

            hops.Add(new Uri(new Uri(hops[^1]), next).AbsoluteUri);
        }

        return hops;
    }

    private static async Task<long> LengthAsync(Stream stream)
    {
        await using var counted = new CountingStream(stream);
        await counted.CopyToAsync(Stream.Null);
        return counted.ReadCount;
    }
}
