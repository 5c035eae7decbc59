using Marketline.LocalHost.DemoMarketplace.SavedPages;

namespace Marketline.Tests.LocalHost.DemoMarketplace.SavedPages;

/// <summary>Folders that can not be served: each error names the file.</summary>
[TestFixture]
internal sealed class SavedPagesFolderTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("saved-pages-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task StartAsync_NoSuchFolder_NamesTheMissingFile()
    {
        var folder = Path.Combine(_folder, "nowhere");

        Assert.That(await RefusalAsync(folder), Does.Contain(Path.Combine(folder, "ground-truth.json")));
    }

    [Test]
    public async Task StartAsync_NoTruth_NamesTheMissingFile() =>
        Assert.That(await RefusalAsync(_folder), Does.Contain("ground-truth.json").And.Contain("can not be read"));

    [TestCase("{ \"a\": ", "not valid JSON")]
    [TestCase("[]", "an object of pages by key was expected")]
    [TestCase("{\"a\": {}}", "the page 'a' has no absolute http(s) 'url'")]
    [TestCase("{\"a\": {\"url\": 7}}", "the page 'a' has no absolute http(s) 'url'")]
    [TestCase("{\"a\": {\"url\": \"/relative\"}}", "the page 'a' has no absolute http(s) 'url'")]
    [TestCase("{\"a\": {\"url\": \"ftp://x/y\"}}", "the page 'a' has no absolute http(s) 'url'")]
    [TestCase("{\"a\": \"https://x/y\"}", "the page 'a' has no absolute http(s) 'url'")]
    [TestCase("{\"../a\": {\"url\": \"https://x/y\"}}", "'../a' is no file name")]
    public async Task StartAsync_BadTruth_SaysWhatIsWrong(string json, string message)
    {
        WriteTruth(json);

        Assert.That(await RefusalAsync(_folder), Does.Contain("ground-truth.json").And.Contain(message));
    }

    [Test]
    public async Task StartAsync_PageFileMissing_NamesIt()
    {
        WriteTruth("{\"lost\": {\"url\": \"https://x/y\"}}");

        Assert.That(await RefusalAsync(_folder), Does.Contain(Path.Combine(_folder, "html", "lost.html.gz")));
    }

    [Test]
    public async Task StartAsync_TwoPagesOneAddress_NamesBoth()
    {
        WriteTruth("{\"one\": {\"url\": \"https://x/y#a\"}, \"two\": {\"url\": \"https://x/y#b\"}}");
        WritePage("one");
        WritePage("two");

        Assert.That(await RefusalAsync(_folder), Does.Contain("'one' and 'two'"));
    }

    private static async Task<string> RefusalAsync(string folder)
    {
        var thrown = await Assert.ThrowsAsync<SavedPagesException>(() =>
            SavedPagesServer.StartAsync(folder, 0, CancellationToken.None)
        );
        return thrown!.Message;
    }

    private void WriteTruth(string json) => File.WriteAllText(Path.Combine(_folder, "ground-truth.json"), json);

    private void WritePage(string key)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "html"));
        File.WriteAllText(Path.Combine(_folder, "html", key + ".html"), "<!doctype html>");
    }
}
