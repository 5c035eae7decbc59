using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketline.LocalHost.DemoMarketplace.SavedPages;

namespace Marketline.Tests.LocalHost.DemoMarketplace.SavedPages;

[TestFixture]
internal sealed partial class SavedPagesServerTests
{
    private static readonly string Corpus = Path.Combine(RepositoryPaths.Root, "..", "shared", "corpus", "product-pages");

    private static readonly Dictionary<string, string> Urls = new()
    {
        ["plain"] = "https://shop.example/item/1",
        ["slash"] = "https://shop.example/item/1/",
        ["query"] = "https://shop.example/item/1?color=red&size=2",
        ["other-query"] = "https://shop.example/item/1?color=blue&size=2",
        ["root"] = "http://shop.example",
        ["fragment"] = "https://shop.example/item/2?a=1#start=3|x",
        ["encoded-slash"] = "https://shop.example/PU_106160%2F01.html",
        ["lower-case-encoding"] = "https://shop.example/caf%c3%a9",
        ["letters"] = "https://shop.example/größe/ä b?q=é|\"x\"",
        ["comma"] = "https://shop.example/panel-60-x-30-cm,p466383,l3259.html",
        ["double-slash"] = "https://shop.example//a//b",
        ["port"] = "https://shop.example:8443/item/1",
        ["international"] = "https://bücher.example/buch",
        ["empty-query-value"] = "https://shop.example/int.php?page=&lang",
        ["plus"] = "https://shop.example/search?q=a+b%20c&u=http://x/y?z",
    };

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("saved-pages-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Sitemap_OddAddresses_EachLeadsToItsPage()
    {
        Write(Urls, compressed: key => key.Length % 2 == 0);
        await using var server = await SavedPagesServer.StartAsync(_folder, 0, CancellationToken.None);
        using var client = new HttpClient();

        var served = await ServedAsync(client, server);

        Assert.That(served.Values, Is.EquivalentTo(Urls.Keys.Select(Body)));
        Assert.That(server.Pages.Select(page => server.BaseUrl + page.MirrorPath), Is.EquivalentTo(served.Keys));
    }

    [Test]
    public async Task Page_AnswersWithItsOrigin_AndNoCharset()
    {
        Write(new() { ["one"] = "http://shop.example/a%C3%A9?b=1&c=2#part" }, compressed: _ => true);
        await using var server = await SavedPagesServer.StartAsync(_folder, 0, CancellationToken.None);
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri($"{server.BaseUrl}/shop.example/a%C3%A9?b=1&c=2"));

        Assert.That(response.Content.Headers.GetValues("Content-Type"), Is.EqualTo(new[] { "text/html" }));
        Assert.That(
            response.Headers.GetValues("Link"),
            Is.EqualTo(new[] { "<http://shop.example/a%C3%A9?b=1&c=2>; rel=\"original\"" })
        );
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(Body("one")));
    }

    [TestCase("/shop.example/a%c3%a9")]
    [TestCase("/shop.example/x/../a%C3%A9")]
    [TestCase("/shop.example/%61%C3%A9")]
    public async Task Page_SameAddressWrittenOtherwise_IsFound(string target)
    {
        Write(new() { ["one"] = "https://shop.example/a%C3%A9" }, compressed: _ => false);
        await using var server = await SavedPagesServer.StartAsync(_folder, 0, CancellationToken.None);
        using var client = new HttpClient();

        var uri = new Uri(
            server.BaseUrl + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );

        Assert.That(await client.GetStringAsync(uri), Is.EqualTo(Body("one")));
    }

    [TestCase("/shop.example/item/1?color=green&size=2")]
    [TestCase("/shop.example/item/1?size=2&color=red")]
    [TestCase("/shop.example/item")]
    [TestCase("/other.example/item/1")]
    [TestCase("/")]
    public async Task Page_NotSaved_IsNotFound(string target)
    {
        Write(Urls, compressed: _ => true);
        await using var server = await SavedPagesServer.StartAsync(_folder, 0, CancellationToken.None);
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri(server.BaseUrl + target));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Robots_AllowsAll_NamesTheSitemap()
    {
        Write(Urls, compressed: _ => true);
        await using var server = await SavedPagesServer.StartAsync(_folder, 0, CancellationToken.None);
        using var client = new HttpClient();

        var robots = await client.GetStringAsync(new Uri(server.BaseUrl + "/robots.txt"));

        Assert.That(robots, Is.EqualTo($"User-agent: *\nAllow: /\n\nSitemap: {server.BaseUrl}/sitemap.xml\n"));
    }

    [Test]
    public async Task Corpus_WhenThere_EveryPageComesBackByteForByte()
    {
        if (!Directory.Exists(Corpus))
        {
            Assert.Ignore($"There are no saved pages at {Corpus}.");
        }

        await using var server = await SavedPagesServer.StartAsync(Corpus, 0, CancellationToken.None);
        using var client = new HttpClient();

        var served = await ServedAsync(client, server, Encoding.Latin1);

        Assert.That(served, Has.Count.EqualTo(70));
        foreach (var page in server.Pages)
        {
            await using var saved = new GZipStream(File.OpenRead(page.FilePath), CompressionMode.Decompress);
            using var reader = new StreamReader(saved, Encoding.Latin1);
            Assert.That(served[server.BaseUrl + page.MirrorPath] == await reader.ReadToEndAsync(), page.Key);
        }
    }

    private static async Task<Dictionary<string, string>> ServedAsync(
        HttpClient client,
        SavedPagesServer server,
        Encoding? encoding = null
    )
    {
        var served = new Dictionary<string, string>();
        foreach (var sitemap in Locations(await client.GetStringAsync(new Uri(server.BaseUrl + "/sitemap.xml"))))
        {
            foreach (var url in Locations(await client.GetStringAsync(new Uri(sitemap))))
            {
                served.Add(url, (encoding ?? Encoding.UTF8).GetString(await client.GetByteArrayAsync(new Uri(url))));
            }
        }

        return served;
    }

    private static IEnumerable<string> Locations(string xml) =>
        Location().Matches(xml).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    [GeneratedRegex("<loc>(.*?)</loc>")]
    private static partial Regex Location();

    private static string Body(string key) => $"<!doctype html><title>{key}</title>";

    private void Write(Dictionary<string, string> urls, Func<string, bool> compressed)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "html"));
        File.WriteAllText(
            Path.Combine(_folder, "ground-truth.json"),
            JsonSerializer.Serialize(urls.ToDictionary(pair => pair.Key, pair => new { url = pair.Value }))
        );
        foreach (var key in urls.Keys)
        {
            var path = Path.Combine(_folder, "html", key + ".html");
            if (!compressed(key))
            {
                File.WriteAllText(path, Body(key));
                continue;
            }

            using var file = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest);
            file.Write(Encoding.UTF8.GetBytes(Body(key)));
        }
    }
}
