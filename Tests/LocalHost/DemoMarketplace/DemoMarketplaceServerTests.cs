using System.IO.Compression;
using System.Net;
using System.Text;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

[TestFixture]
internal sealed class DemoMarketplaceServerTests
{
    [Test]
    public async Task StartAsync_SameOptionsTwice_SameBytes()
    {
        var options = new DemoMarketplaceOptions { ProductsPerShop = 12, FaultPercent = 0 };
        await using var one = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        await using var other = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        using var oneClient = new ShopClient(one);
        using var otherClient = new ShopClient(other);

        foreach (var line in one.Shops.SelectMany(shop => one.GroundTruth(shop, 0)))
        {
            var first = Encoding.Latin1.GetString(await oneClient.BytesAsync(line.Url));
            var second = Encoding.Latin1.GetString(await otherClient.BytesAsync(WithPort(line.Url, one, other)));
            Assert.That(second, Is.EqualTo(WithPort(first, one, other)), line.Url);
        }
    }

    [Test]
    public async Task StartAsync_OtherSeed_OtherProducts()
    {
        await using var one = await StartAsync(new DemoMarketplaceOptions { Seed = 1, ProductsPerShop = 50 });
        await using var other = await StartAsync(new DemoMarketplaceOptions { Seed = 2, ProductsPerShop = 50 });

        var names = one.GroundTruth("alder", 0).SelectMany(line => line.Products).Select(product => product.Name);
        var others = other.GroundTruth("alder", 0).SelectMany(line => line.Products).Select(product => product.Name);

        Assert.That(names.Intersect(others), Is.Empty);
    }

    [Test]
    public async Task StartAsync_UnknownShop_NamesTheKnownOnes()
    {
        var options = new DemoMarketplaceOptions { Shops = ["alder", "oak"] };

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(options));

        Assert.That(thrown!.Message, Does.Contain("'oak'").And.Contain("birch"));
    }

    [Test]
    public async Task StartAsync_NoProducts_Refuses() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            StartAsync(new DemoMarketplaceOptions { ProductsPerShop = 0 })
        );

    [Test]
    public async Task StartAsync_PortTaken_Throws()
    {
        await using var server = await StartAsync(new DemoMarketplaceOptions { ProductsPerShop = 1 });

        var options = new DemoMarketplaceOptions { ProductsPerShop = 1, Port = server.Port };

        await Assert.ThrowsAsync<IOException>(() => StartAsync(options));
    }

    [Test]
    public async Task StartAsync_SomeShops_ServesOnlyThose()
    {
        await using var server = await StartAsync(new DemoMarketplaceOptions { Shops = ["fjord"] });
        using var client = new ShopClient(server);

        using var served = await client.GetAsync(server.BaseUrl("fjord") + "/");
        using var missing = await client.GetAsync(server.BaseUrl("alder") + "/");

        Assert.That(server.Shops, Is.EqualTo(new[] { "fjord" }));
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("http://127.0.0.1")]
    [TestCase("http://localhost")]
    public async Task Index_LoopbackHost_ListsTheShops(string host)
    {
        await using var server = await StartAsync(new DemoMarketplaceOptions());
        using var client = new ShopClient(server);

        var html = await client.TextAsync($"{host}:{server.Port}/");

        Assert.That(server.Shops, Has.Count.EqualTo(7));
        foreach (var shop in server.Shops)
        {
            Assert.That(html, Does.Contain(server.BaseUrl(shop)));
        }
    }

    [TestCase(20_000)]
    [TestCase(60_000)]
    [TestCase(150_000)]
    public async Task ProductPage_PageSize_IsAboutThat(int size)
    {
        var options = new DemoMarketplaceOptions
        {
            PageSizeBytes = size,
            ProductsPerShop = 20,
            Shops = ["alder", "cedar"],
        };
        await using var server = await StartAsync(options);
        using var client = new ShopClient(server);

        foreach (var line in server.GroundTruth("cedar", 0).Where(line => line.Products.Count > 0))
        {
            var page = await client.BytesAsync(line.Url);
            Assert.That(page, Has.Length.EqualTo(size).Within(15).Percent, line.Url);
        }
    }

    [Test]
    public async Task ProductPage_Compressible_LikeARealOne()
    {
        await using var server = await StartAsync(new DemoMarketplaceOptions { Shops = ["birch"] });
        using var client = new ShopClient(server);

        var page = await client.BytesAsync(server.GroundTruth("birch", 0).First(line => line.Products.Count > 0).Url);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(page);
        }

        Assert.That(page.Length / (double)packed.Length, Is.InRange(3, 8));
    }

    [Test]
    public async Task ProductPage_CompressionOnAndAccepted_IsGzip()
    {
        var options = new DemoMarketplaceOptions { Shops = ["alder"], UseCompression = true };
        await using var server = await StartAsync(options);
        using var client = new ShopClient(server);
        var url = server.GroundTruth("alder", 0).First(line => line.Products.Count > 0).Url;

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var packed = await client.SendAsync(request);
        using var unpacked = new StreamReader(
            new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress)
        );

        Assert.That(packed.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        Assert.That(await unpacked.ReadToEndAsync(), Is.EqualTo(await client.TextAsync(url)));
    }

    [Test]
    public async Task Scale_ManyPages_OnePlainShop()
    {
        await using var server = await StartAsync(new DemoMarketplaceOptions { ScalePageCount = 20_000 });
        using var client = new ShopClient(server);

        var urls = await client.SitemapAsync("spruce");
        var last = server.GroundTruth("spruce", 0).Last();

        Assert.That(server.Shops, Is.EqualTo(new[] { "spruce" }));
        Assert.That(urls, Has.Count.EqualTo(20_000).And.Unique);
        Assert.That(last.Url, Is.EqualTo(urls[^1]));
        Assert.That(server.GroundTruth("spruce", 0).All(line => line.Expected.Products.State == "delivered"));
        Assert.That(await client.TextAsync(last.Url), Does.Contain(last.Products[0].Name));
    }

    [Test]
    public async Task DisposeAsync_WhileAnAnswerStalls_Ends()
    {
        var server = await StartAsync(new DemoMarketplaceOptions { Shops = ["grove"] });
        using var client = new ShopClient(server);
        var stalls = server.GroundTruth("grove", 0).First(line => line.Fault == "StallsInBody");

        using var answer = await client.BeginAsync(stalls.Url);
        await server.DisposeAsync();

        Assert.That(async () => await answer.Content.ReadAsByteArrayAsync(), Throws.InstanceOf<HttpRequestException>());
    }

    private static Task<DemoMarketplaceServer> StartAsync(DemoMarketplaceOptions options) =>
        DemoMarketplaceServer.StartAsync(options, CancellationToken.None);

    private static string WithPort(string text, DemoMarketplaceServer from, DemoMarketplaceServer to) =>
        text.Replace($".localhost:{from.Port}", $".localhost:{to.Port}", StringComparison.Ordinal);
}
