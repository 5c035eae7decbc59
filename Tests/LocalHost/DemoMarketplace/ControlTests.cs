using System.Net;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

[TestFixture]
internal sealed class ControlTests
{
    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { ProductsPerShop = 100, Shops = ["alder", "grove"] };
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
    public async Task State_AtStart_TellsDayAndShops()
    {
        var state = await _client.JsonAsync(_server.IndexUrl + "_control/state");

        Assert.That(state.GetProperty("day").GetInt32(), Is.Zero);
        Assert.That(
            state.GetProperty("shops")[0].GetProperty("url").GetString(),
            Is.EqualTo(_server.BaseUrl("alder") + "/")
        );
    }

    [Test]
    public async Task Day_Moved_ShowsTheOtherDay()
    {
        var changed = _server
            .GroundTruth("alder", 0)
            .Join(
                _server.GroundTruth("alder", 1),
                line => line.Url,
                line => line.Url,
                (before, after) => (before, after)
            )
            .First(pair =>
                pair is { before.Products.Count: 1, after.Products.Count: 1 }
                && pair.before.Products[0].Price != pair.after.Products[0].Price
            );
        var before = await _client.TextAsync(changed.before.Url);

        await _client.PostAsync("day/1");
        var after = await _client.TextAsync(changed.before.Url);

        Assert.That(_server.Day, Is.EqualTo(1));
        Assert.That(after, Is.Not.EqualTo(before));
    }

    [TestCase("day/-1")]
    [TestCase("day/4000")]
    [TestCase("day/tomorrow")]
    public async Task Day_NotADay_NotFoundAndUnmoved(string command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.IndexUrl, "/_control/" + command));

        using var response = await _client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(_server.Day, Is.Zero);
    }

    [Test]
    public async Task Day_GetInsteadOfPost_DoesNotMove()
    {
        using var response = await _client.GetAsync(_server.IndexUrl + "_control/day/3");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(_server.Day, Is.Zero);
    }

    [Test]
    public async Task Requests_SomePages_CountsByUrlAndShop()
    {
        await _client.TextAsync(_server.BaseUrl("alder") + "/about");
        await _client.TextAsync(_server.BaseUrl("alder") + "/about");
        await _client.TextAsync(_server.BaseUrl("grove") + "/robots.txt");

        var requests = await _client.JsonAsync(_server.IndexUrl + "_control/requests");

        Assert.That(requests.GetProperty("alder").GetProperty("urls").GetProperty("/about").GetInt32(), Is.EqualTo(2));
        Assert.That(requests.GetProperty("alder").GetProperty("total").GetInt32(), Is.EqualTo(2));
        Assert.That(requests.GetProperty("alder").GetProperty("maxConcurrency").GetInt32(), Is.EqualTo(1));
        Assert.That(requests.GetProperty("grove").GetProperty("total").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Requests_TwoAtOnce_TellsTheMostAtOnce()
    {
        var url = _server.GroundTruth("grove", 0).First(line => line.Fault == "StallsInBody").Url;

        using var one = await _client.BeginAsync(url);
        using var other = await _client.BeginAsync(url);
        var requests = await _client.JsonAsync(_server.IndexUrl + "_control/requests");

        Assert.That(requests.GetProperty("grove").GetProperty("maxConcurrency").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Reset_AfterRequests_ForgetsCountsAndAttempts()
    {
        var url = _server.GroundTruth("grove", 0).First(line => line.Fault == "RateLimitedOnce").Url;
        using var first = await _client.GetAsync(url);
        using var second = await _client.GetAsync(url);

        await _client.PostAsync("reset");
        var requests = await _client.JsonAsync(_server.IndexUrl + "_control/requests");
        using var again = await _client.GetAsync(url);

        Assert.That(requests.GetProperty("grove").GetProperty("total").GetInt32(), Is.Zero);
        Assert.That(
            new[] { first.StatusCode, second.StatusCode, again.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests })
        );
    }
}
