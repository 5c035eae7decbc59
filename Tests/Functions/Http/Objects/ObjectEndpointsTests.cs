using System.Net;
using System.Text.Json;
using Marketline.Core.Naming;
using Marketline.Tests.Analytics;
using Marketline.Tests.Functions.Http.Datasets;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Http.Objects;

public sealed class ObjectEndpointsTests
{
    private static readonly string Key = Digest.Of("an offer");

    private DatasetApi _api = null!;
    private TenantId _tenant;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = await DatasetApi.StartAsync();
        _tenant = TestStorage.NewTenant();
        await _api.RunAsync(
            _tenant,
            1,
            "generic-shop",
            Records.Offer(Key, 1, 10m) with { Name = "Red Shoe", Sku = "S-1", Gtin = "036000291452", Brand = "Nike" },
            Records.Offer("b", 1, 20m, url: "https://shop.example/b?color=1") with { Name = "red hat", Brand = "Puma" },
            Records.Offer("c", 1, 30m) with { Name = "Blue hat", Brand = "Nike" }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("", "b c key")]
    [TestCase("?sku=S-1", "key")]
    [TestCase("?sku=S-2", "")]
    [TestCase("?sku=S-1' OR '1'='1", "")]
    [TestCase("?gtin=036000291452", "key")]
    [TestCase("?gtin=0036000291452", "key")]
    [TestCase("?gtin=0-36000-29145-2", "key")]
    [TestCase("?gtin=12345", "")]
    [TestCase("?name=RED", "b key")]
    [TestCase("?name=hat", "")]
    [TestCase("?name=%25", "")]
    [TestCase("?name=RED&brand=Nike", "key")]
    [TestCase("?brand=Nike", "c key")]
    [TestCase("?url=https%3A%2F%2FSHOP.example%2Fb%3Fcolor%3D1%26utm_source%3Dx%23top", "b")]
    [TestCase("?objectKey=c", "c")]
    public async Task List_Search_FindsWhatMatchesAll(string query, string expected)
    {
        var found = await _api.JsonAsync(_tenant, "/api/objects" + query);

        var keys = found.GetProperty("objects").EnumerateArray().Select(item => item.GetProperty("objectKey").GetString()!.Replace(Key, "key")).Order(StringComparer.Ordinal);
        Assert.That(string.Join(' ', keys), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_PageByPage_GivesEachOnce()
    {
        var first = await _api.JsonAsync(_tenant, "/api/objects?limit=2");
        var second = await _api.JsonAsync(_tenant, $"/api/objects?limit=2&cursor={first.GetProperty("next").GetString()}");

        var keys = new[] { first, second }.SelectMany(page => page.GetProperty("objects").EnumerateArray()).Select(item => item.GetProperty("objectKey").GetString());
        Assert.That(keys, Is.EquivalentTo(new[] { Key, "b", "c" }));
        Assert.That(second.TryGetProperty("next", out _), Is.False);
    }

    [Test]
    public async Task List_Offer_HasItsFields()
    {
        var offer = (await _api.JsonAsync(_tenant, "/api/objects?sku=S-1")).GetProperty("objects")[0];

        Assert.That(offer.GetProperty("price").GetDecimal(), Is.EqualTo(10m));
        Assert.That(offer.GetProperty("seenUtc").GetDateTimeOffset(), Is.EqualTo(Records.Seen(1)));
        Assert.That(offer.GetProperty("availability").GetString(), Is.EqualTo("InStock"));
        Assert.That(offer.GetProperty("lastRunId").GetString(), Does.StartWith($"{_tenant}-plan-"));
        Assert.That(offer.TryGetProperty("mpn", out _), Is.False);
    }

    [Test]
    public async Task List_NoOffersYetOrAnotherTenant_IsEmpty() =>
        Assert.That((await _api.JsonAsync(TestStorage.NewTenant(), "/api/objects?sku=S-1")).GetProperty("objects").GetArrayLength(), Is.Zero);

    [Test]
    public async Task List_OverlongField_IsAProblem() =>
        await _api.JsonAsync(_tenant, $"/api/objects?name={new string('x', 3000)}", HttpStatusCode.BadRequest);

    [Test]
    public async Task Get_IncludeOffer_HasTheCurrentOne()
    {
        var found = await _api.JsonAsync(_tenant, $"/api/objects/{Key}?include=offer");

        Assert.That(found.GetProperty("offer").GetProperty("name").GetString(), Is.EqualTo("Red Shoe"));
        Assert.That(found.GetProperty("transactions").ValueKind, Is.EqualTo(JsonValueKind.Array));
    }

    [Test]
    public async Task Get_NoLineageAndNoOfferAskedFor_Is404() => await _api.JsonAsync(_tenant, $"/api/objects/{Key}", HttpStatusCode.NotFound);

    [Test]
    public async Task Get_AnotherTenantsObject_Is404() =>
        await _api.JsonAsync(TestStorage.NewTenant(), $"/api/objects/{Key}?include=offer", HttpStatusCode.NotFound);
}
