using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketline.Tests.Storage;

namespace Marketline.Tests.EndToEnd;

/// <summary>What can not be used is refused where it comes in: settings end the start with one line, a plan with a problem that names the field.</summary>
[Parallelizable]
[CancelAfter(60_000)]
public sealed class BadInputTests
{
    private const string HostJson = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("{\n  \"Values\": {\n    \"CrawlSchedule\": \"0 * * * * *\"\n", "local.settings.json, line 4, column 1:", "Expected JSON")]
    [TestCase("{\n  \"Values\": [ 1 ]\n}", "local.settings.json, line 2, column 13:", "expected an object of names and strings")]
    public async Task Start_LocalSettingsAreUnreadable_EndsWithOneLineThatSaysWhere(string text, string place, string expected)
    {
        _folder.Write("host.json", HostJson);
        _folder.Write("local.settings.json", text);

        var end = await RunningApp.FailAsync(_folder.FullPath);

        AssertOneLine(end, place, expected);
    }

    [TestCase("{\n  \"version\": \"2.0\",\n  \"extensions\": {\n}", "host.json, line 4, column 2:", "Expected JSON")]
    [TestCase("{\n  \"version\": \"1.0\"\n}", "host.json, line 2, column 14:", "expected \"2.0\"")]
    public async Task Start_HostJsonIsUnreadable_EndsWithOneLineThatSaysWhere(string text, string place, string expected)
    {
        _folder.Write("host.json", text);

        var end = await RunningApp.FailAsync(_folder.FullPath);

        AssertOneLine(end, place, expected);
    }

    [Test]
    public async Task Start_SettingsAreMissingAndOutOfRange_EndsWithOneLineThatNamesThem()
    {
        _folder.Write("host.json", HostJson);
        _folder.Write("local.settings.json", """{ "Values": { "Crawl__AllowedPrivateAddresses__0": "everything", "CrawlSchedule": "0 * * * * *", "WatchSchedule": "0 * * * * *" } }""");

        var end = await RunningApp.FailAsync(_folder.FullPath);

        AssertOneLine(end, "Crawl:AllowedPrivateAddresses: 'everything' is no network such as 127.0.0.0/8", "Pepper", "Privacy");
    }

    [Test]
    public async Task PutPlan_UnknownPlatform_IsAProblemThatNamesTheFieldAndTheKnownOnes()
    {
        var app = await SharedApp.GetAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", await app.CreateKeyAsync(TestStorage.NewTenant().Value));
        var plan = new { platform = "amazonas", kind = "products", sites = new[] { new { baseUrl = "https://shop.example/" } } };

        using var answer = await http.PutAsJsonAsync("api/plans/plan", plan);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var error = problem.GetProperty("errors").GetProperty("platform")[0].GetString();
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.BadRequest, "application/problem+json")));
        Assert.That(error, Does.Contain("'amazonas'").And.Contain("generic-shop").And.Contain("shopify"));
        using var plans = await http.GetAsync(new Uri("api/plans", UriKind.Relative));
        Assert.That((await plans.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("plans").GetArrayLength(), Is.Zero);
    }

    private static void AssertOneLine((int ExitCode, string Output, string Errors) end, params string[] parts)
    {
        Assert.Multiple(() =>
        {
            Assert.That(end.ExitCode, Is.EqualTo(1));
            Assert.That(end.Output, Is.Empty);
            Assert.That(end.Errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), end.Errors);
            foreach (var part in parts)
            {
                Assert.That(end.Errors, Does.Contain(part));
            }
        });
    }
}
