using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Platforms.Magento;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Tests.Platforms.Magento;

internal sealed class MagentoQueryTests
{
    private static readonly Uri Endpoint = new("https://shop.example/graphql");

    public static IEnumerable<TestCaseData> Queries =>
        from list in Enum.GetValues<MagentoList>()
        from filter in new[] { null, new MagentoFilter(MagentoFilter.Sku, "A\nB & C"), new MagentoFilter(MagentoFilter.UrlKey, "bag"), new MagentoFilter(MagentoFilter.Search, "blaue \"Tasche\"") }
        where filter is null || list is not (MagentoList.Shop or MagentoList.Stores)
        select new TestCaseData(list, filter?.Name, filter?.Value);

    [TestCaseSource(nameof(Queries))]
    public void ToTarget_Any_IsOfThePublishedSchemaAndIsFoundAgainInItsIdentity(MagentoList list, string? name, string? value)
    {
        var query = new MagentoQuery(Endpoint, list) { Page = 3, ReviewPage = 2, Store = "de", Filter = name is null ? null : new MagentoFilter(name, value!) };

        var target = query.ToTarget();
        var request = QueryHelpers.ParseQuery(new Uri(target.FetchUrl!).Query);
        var variables = JsonNode.Parse(request["variables"].ToString())!.AsObject();

        Assert.That(GraphQlText.FindMistake(request["query"].ToString(), variables.Select(variable => variable.Key)), Is.Null);
        Assert.That(MagentoQuery.TryParse(target.Url), Is.EqualTo(query));
        Assert.That(target.FetchUrl, Has.Length.LessThan(2_000));
    }

    [Test]
    public void ToTarget_Store_IsAHeaderOfAPublicCall()
    {
        var view = (new MagentoQuery(Endpoint, MagentoList.Prices) { Store = "de" }).ToTarget();
        var main = new MagentoQuery(Endpoint, MagentoList.Prices).ToTarget();

        Assert.That((view.Call!.IsPublic, view.Call.Method, view.Call.Headers["Store"]), Is.EqualTo((true, "GET", "de")));
        Assert.That(main.Call, Is.Null);
        Assert.That(view.Url, Is.Not.EqualTo(main.Url));
    }

    [Test]
    public void Serialize_PublicCall_ComesBack()
    {
        var target = (new MagentoQuery(Endpoint, MagentoList.Prices) { Store = "de" }).ToTarget();

        var back = JsonSerializer.Deserialize<CrawlTarget>(JsonSerializer.Serialize(target, JsonFormat.Options), JsonFormat.Options)!;

        Assert.That((back.Url, back.FetchUrl, back.Call!.IsPublic, back.Call.Headers["Store"]), Is.EqualTo((target.Url, target.FetchUrl, true, "de")));
    }

    [TestCase("https://shop.example/graphql")]
    [TestCase("https://shop.example/graphql?list=nothing")]
    [TestCase("https://shop.example/graphql?list=7")]
    [TestCase("not an address")]
    public void TryParse_NoneOfOurs_IsNull(string url) => Assert.That(MagentoQuery.TryParse(url), Is.Null);

    [TestCase("https://shop.example/graphql?list=prices&page=-1&reviews=x", 1)]
    [TestCase("https://shop.example/graphql?list=prices&page=99999999999", 1)]
    [TestCase("https://shop.example/graphql?list=prices&page=12&store=a%0d%0ab", 12)]
    public void TryParse_OddValues_AreLeftOut(string url, int page)
    {
        var query = MagentoQuery.TryParse(url)!;

        Assert.That((query.Page, query.ReviewPage, query.Store), Is.EqualTo((page, 1, (string?)null)));
    }

    [TestCase("""{"data":{"products":{"total_count":9,"page_info":{"current_page":1,"total_pages":7},"items":[]}}}""", 7)]
    [TestCase("""{"errors":[],"data":{"storeConfig":{"a":{}},"products":{"page_info":{"total_pages":2},"items":[{""", 2)]
    [TestCase("""{"data":{"products":null}}""", 1)]
    [TestCase("""{"data":{"products":{"page_info":{"total_pages":"many"}}}}""", 1)]
    [TestCase("<html>", 1)]
    [TestCase("", 1)]
    public void Of_Body_ReadsTheHeadOnly(string body, int expected) => Assert.That(MagentoPageCount.Of(Encoding.UTF8.GetBytes(body)), Is.EqualTo(expected));
}
