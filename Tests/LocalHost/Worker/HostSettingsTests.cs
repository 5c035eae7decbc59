using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost.Worker;

public sealed class HostSettingsTests
{
    [TestCase("", "host.json, line 1, column 1", "JSON")]
    [TestCase("{\"version\":\n  \"2.0\",}", "host.json, line 2, column 9", "trailing commas")]
    [TestCase("{ // no\n\"version\":\"2.0\"}", "host.json, line 1, column 3", "comments")]
    [TestCase("[]", "host.json, line 1, column 1", "expected an object")]
    [TestCase("{}", "host.json, line 1, column 1", "'version' is missing")]
    [TestCase("{\n  \"version\": \"3.0\"\n}", "host.json, line 2, column 14", "expected \"2.0\"")]
    [TestCase("{\"version\":\"2.0\",\n\"functionTimeout\":\"soon\"}", "host.json, line 2, column 19", "a time span")]
    [TestCase("{\"version\":\"2.0\",\"extensions\":{\"durableTask\":{\n\"maxConcurrentActivityFunctions\": 0}}}", "host.json, line 2, column 35", "at least 1")]
    [TestCase("{\"version\":\"2.0\",\"extensions\":{\"durableTask\":{\"hubName\":\"a-b\"}}}", "host.json", "letters and digits")]
    public void StartAsync_HostJsonNotUsable_SaysWhereAndWhatIsExpected(string text, string place, string expected)
    {
        Assert.That(
            async () => await FunctionsTestHost.StartAsync(new FunctionsTestOptions { Functions = [typeof(Echo)], HostJson = text }),
            Throws.InstanceOf<HostStartException>().With.Message.StartsWith(place).And.Message.Contains(expected));
    }

    [TestCase("{", "local.settings.json, line 1, column 2", "JSON")]
    [TestCase("{\n \"IsEncrypted\": true }", "local.settings.json, line 2, column 17", "expected false")]
    [TestCase("{\"Values\": []}", "local.settings.json, line 1, column 12", "expected an object")]
    [TestCase("{\"Values\": {\n\"A\": {\"B\": \"c\"}}}", "local.settings.json, line 2, column 6", "A__B")]
    [TestCase("{\"Host\": {\"LocalHttpPort\": 70000}}", "local.settings.json, line 1, column 28", "0 to 65535")]
    public void StartAsync_LocalSettingsNotUsable_SaysWhereAndWhatIsExpected(string text, string place, string expected)
    {
        Assert.That(
            async () => await FunctionsTestHost.StartAsync(new FunctionsTestOptions { Functions = [typeof(Echo)], LocalSettings = text }),
            Throws.InstanceOf<HostStartException>().With.Message.StartsWith(place).And.Message.Contains(expected));
    }

    [Test]
    public void Read_HostJsonMissing_SaysSo()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => HostJson.Read(folder.FullPath), Throws.InstanceOf<HostStartException>().With.Message.Contains(folder.FullPath));
    }

    [TestCase("--port", "x")]
    [TestCase("--port", "")]
    [TestCase("--port=65536", "65536")]
    public void StartAsync_PortArgumentNotANumber_SaysWhatIsExpected(string first, string second)
    {
        var options = new FunctionsTestOptions { Functions = [typeof(Echo)], Args = [first, second] };

        Assert.That(
            async () => await FunctionsTestHost.StartAsync(options),
            Throws.InstanceOf<HostStartException>().With.Message.Contains("0 to 65535"));
    }

    [Test]
    public async Task StartAsync_LocalSettings_ActAsEnvironmentAndAreWeakerThanIt()
    {
        var home = Environment.GetEnvironmentVariable("PATH");
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [typeof(Echo)],
            LocalSettings = """
                {
                  // relaxed, as Core Tools read it
                  "IsEncrypted": false,
                  "Values": { "Crawl__MaxPages": "5", "FLAG": true, "NUMBER": 7, "PATH": "mine", },
                }
                """,
        });

        var settings = host.Services.GetRequiredService<IConfiguration>();

        Assert.That(
            new[] { settings["Crawl:MaxPages"], settings["FLAG"], settings["NUMBER"], settings["PATH"] },
            Is.EqualTo(new[] { "5", "true", "7", home }));
    }

    [Test]
    public async Task StartAsync_HostJson_IsOverriddenByJobHostSettingsAndSetsLogLevels()
    {
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [typeof(Echo)],
            HostJson = """{"version":"2.0","extensions":{"http":{"routePrefix":"file"}},"logging":{"logLevel":{"Crawl":"Error"}}}""",
            LocalSettings = """{"Values":{"AzureFunctionsJobHost__extensions__http__routePrefix":"set"}}""",
        });

        var answer = await host.Client.GetStringAsync("set/Echo");

        Assert.That(answer, Is.EqualTo("echo"));
        Assert.That(host.Services.GetRequiredService<IConfiguration>()["Logging:LogLevel:Crawl"], Is.EqualTo("Error"));
    }

    [TestCase("""{"version":"2.0"}""", "00:30:00")]
    [TestCase("""{"version":"2.0","functionTimeout":"00:05:00"}""", "00:05:00")]
    [TestCase("""{"version":"2.0","functionTimeout":"-1"}""", null)]
    public async Task FunctionTimeout_AsInAzure(string hostJson, string? expected)
    {
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions { Functions = [typeof(Echo)], HostJson = hostJson });

        var limit = host.Services.GetRequiredService<HostJson>().FunctionTimeout;

        Assert.That(limit?.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Resolve_Expression_TakesSettingsByEitherSeparator()
    {
        var settings = new ConfigurationManager { ["Crawl:Schedule"] = "0 0 * * * *", ["Empty"] = "" };

        Assert.Multiple(() =>
        {
            Assert.That(SettingExpression.Resolve("%Crawl:Schedule%", settings, "F"), Is.EqualTo("0 0 * * * *"));
            Assert.That(SettingExpression.Resolve("a %Crawl__Schedule% b", settings, "F"), Is.EqualTo("a 0 0 * * * * b"));
            Assert.That(() => SettingExpression.Resolve("%Empty%", settings, "F"), Throws.InstanceOf<HostStartException>().With.Message.Contains("'F'"));
            Assert.That(() => SettingExpression.Resolve("%No%", settings, "F"), Throws.InstanceOf<HostStartException>().With.Message.Contains("'No'"));
        });
    }

    public sealed class Echo
    {
        [Function(nameof(Echo))]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new ContentResult { Content = "echo" };
    }
}
