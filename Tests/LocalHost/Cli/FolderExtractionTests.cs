using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Extract;
using Marketline.Platforms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost.Cli;

/// <summary>The folder form of <c>run.sh extract</c>: one JSON object by file name, whatever the files are like.</summary>
public sealed class FolderExtractionTests
{
    private const string Page = """<html><head><title>Blue Pen</title><script type="application/ld+json">{"@type":"Product","name":"Blue Pen","sku":"PEN-1","offers":{"price":"1.50","priceCurrency":"EUR","availability":"http://schema.org/OutOfStock"}}</script></head><body><h1>Blue Pen</h1></body></html>""";

    private TemporaryFolder _folder = null!;
    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "html"));
        _services = new ServiceCollection().AddLogging().AddPlatforms(new ConfigurationBuilder().Build()).BuildServiceProvider();
    }

    [TearDown]
    public void TearDown()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task RunAsync_PagesOfAllForms_GivesOneObjectByFileName()
    {
        Write("plain.html", Encoding.UTF8.GetBytes(Page));
        Write("zipped.html.gz", Zipped(Page));
        Write("article.html", "<html><body><h1>On pens</h1><p>They write.</p></body></html>"u8.ToArray());
        Write("broken.html.gz", [1, 2, 3]);
        Write("notes.txt", "no page"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(_folder.FullPath, "ground-truth.json"), """{"plain": {"url": "https://shop.example/p/1", "price": ["9"]}, "gone": {"url": "https://shop.example/p/2"}}""");

        var (exitCode, found) = await RunAsync();

        Assert.That(exitCode, Is.Zero);
        Assert.That(found.EnumerateObject().Select(page => page.Name), Is.EqualTo(new[] { "article", "broken", "plain", "zipped" }));
        var plain = found.GetProperty("plain");
        Assert.That(Fields(plain, "url", "name", "price", "currency", "sku", "availability"), Is.EqualTo(new[] { "https://shop.example/p/1", "Blue Pen", "1.5", "EUR", "PEN-1", "OutOfStock" }));
        Assert.That(plain.TryGetProperty("gtin", out _), Is.False);
        Assert.That(plain.GetProperty("evidence").GetProperty("price").GetProperty("text").GetString(), Is.EqualTo("1.50"));
        Assert.That(Fields(found.GetProperty("zipped"), "price"), Is.EqualTo(new[] { "1.5" }));
        Assert.That(Fields(found.GetProperty("article"), "problem"), Is.EqualTo(new[] { "not-a-product" }));
        Assert.That(Fields(found.GetProperty("broken"), "problem")[0], Does.Contain("broken.html.gz"));
    }

    [Test]
    public async Task RunAsync_NoHtmlFolder_SaysWhatIsExpected()
    {
        Directory.Delete(Path.Combine(_folder.FullPath, "html"));

        var failure = await Assert.ThrowsAsync<CliException>(RunAsync);

        Assert.That(failure!.Message, Does.Contain("html.gz"));
    }

    [TestCase("{", TestName = "No JSON")]
    [TestCase("[]", TestName = "No object")]
    public async Task RunAsync_GroundTruthIsNone_SaysSo(string json)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullPath, "ground-truth.json"), json);

        var failure = await Assert.ThrowsAsync<CliException>(RunAsync);

        Assert.That(failure!.Message, Does.Contain("ground-truth.json"));
    }

    private async Task<(int ExitCode, JsonElement Found)> RunAsync()
    {
        using var output = new MemoryStream();
        var exitCode = await FolderExtraction.RunAsync(new DirectoryInfo(_folder.FullPath), new PageReader(_services, "generic-shop"), output, default);
        return (exitCode, JsonDocument.Parse(output.ToArray()).RootElement.Clone());
    }

    private static string?[] Fields(JsonElement page, params string[] names) => [.. names.Select(name => page.GetProperty(name).GetString())];

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_folder.FullPath, "html", name), content);

    private static byte[] Zipped(string text)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return stored.ToArray();
    }
}
