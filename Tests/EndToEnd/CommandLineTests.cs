using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Marketline.Tests.Storage;

namespace Marketline.Tests.EndToEnd;

/// <summary>The command line as a process of its own, in a checkout of its own: what it starts, what it stops, and what its exit codes say.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed partial class CommandLineTests
{
    [TestCase(true, TestName = "Up_CtrlC_StopsAllThatItStarted")]
    [TestCase(false, TestName = "Up_InterruptedAlone_StopsAllThatItStarted")]
    public async Task Up_Interrupted_StopsAllThatItStarted(bool isWholeGroup)
    {
        using var checkout = new TestCheckout();
        using var process = checkout.Start("up");
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Ctrl+C", StringComparison.Ordinal)) { }
        var output = process.StandardOutput.ReadToEndAsync();
        var started = Children(process.Id);
        var answers = await Task.WhenAll(AnswersAsync($"http://localhost:{checkout.AppPort}/api/health"), AnswersAsync($"http://127.0.0.1:{checkout.MarketplacePort}/"));

        await InterruptAsync(process, isWholeGroup);

        Assert.That(answers, Is.All.True, await errors);
        Assert.That(started, Has.Count.EqualTo(2), "the storage emulator and the app");
        Assert.That(started.Where(IsRunning), Is.Empty);
        Assert.That((process.ExitCode, await errors), Is.EqualTo((0, "")), await output);
        Assert.That(checkout.ReadJson(".azurite/demo-keys.json").AsObject().Select(pair => pair.Key), Is.EquivalentTo(new[] { "admin", "demobrand", "demoagency", "demoobservatory" }));
    }

    /// <summary>With crawls under way, which the app gives back before it ends.</summary>
    [Test]
    public async Task Once_InterruptedWhileItCrawls_StopsAllThatItStartedAndFails()
    {
        using var checkout = new TestCheckout();
        using var process = checkout.Start("once");
        var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var http = new HttpClient();
        var log = new Uri($"http://127.0.0.1:{checkout.MarketplacePort}/_control/requests");
        await Polling.UntilAsync(() => TryGetAsync(http, log), text => text.Contains("/robots.txt", StringComparison.Ordinal));
        var started = Children(process.Id);

        await InterruptAsync(process, isWholeGroup: false);

        Assert.That(started, Has.Count.EqualTo(2));
        Assert.That(started.Where(IsRunning), Is.Empty);
        Assert.That((process.ExitCode, (await texts)[1]), Is.EqualTo((130, "marketline: interrupted; all that it started is stopped.\n")));
    }

    [Test]
    public async Task Up_PortOfTheAppIsTaken_EndsWithOneLineAndStartsNothing()
    {
        using var checkout = new TestCheckout();
        using var other = new TcpListener(IPAddress.Loopback, checkout.AppPort);
        other.Start();

        var end = await checkout.RunAsync("up");

        AssertOneLine(end, $"port {checkout.AppPort} is taken, but the app needs it: stop the program that listens there");
        Assert.That(Directory.Exists(Path.Combine(checkout.Root, ".azurite")), Is.False);
    }

    [Test]
    public async Task Up_LocalSettingsAreNoJson_EndsWithOneLineThatSaysWhere()
    {
        using var checkout = new TestCheckout();
        checkout.Write("local.settings.json", "{\n  \"Values\": {\n    oops\n");

        var end = await checkout.RunAsync("up");

        AssertOneLine(end, "local.settings.json, line 3: this is no JSON: mend it, or delete it");
    }

    /// <summary>A run that fails, then one that completes, beside an emulator that was there before and stays.</summary>
    [Test]
    public async Task Once_OverSavedPages_ExitCodeSaysWhetherEveryRunCompleted()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var checkout = new TestCheckout(azurite.ConnectionString);
        checkout.Write("none/ground-truth.json", "{}");
        checkout.Write("one/ground-truth.json", """{ "kettle": { "url": "https://shop.example/p/kettle", "price": "19.90", "sku": "K-1", "availability": "InStock" } }""");
        checkout.Write(
            "one/html/kettle.html",
            """
            <html><head><title>Kettle</title><script type="application/ld+json">
            {"@context":"https://schema.org","@type":"Product","name":"Kettle","sku":"K-1",
             "offers":{"@type":"Offer","price":"19.90","priceCurrency":"EUR","availability":"https://schema.org/InStock"}}
            </script></head><body><h1>Kettle</h1></body></html>
            """
        );

        var failed = await checkout.RunAsync("once", "--pages", Path.Combine(checkout.Root, "none"));
        var failedRun = checkout.ReadJson("artifacts/run-summary.json")["runs"]![0]!;
        var completed = await checkout.RunAsync("once", "--pages", Path.Combine(checkout.Root, "one"));
        var summary = checkout.ReadJson("artifacts/run-summary.json");

        Assert.That((failed.ExitCode, (string?)failedRun["status"]), Is.EqualTo((1, "Failed")), failed.Errors);
        Assert.That((completed.ExitCode, (string?)summary["runs"]![0]!["status"]), Is.EqualTo((0, "Completed")), completed.Errors);
        Assert.That((int)summary["runs"]![0]!["objects"]!["delivered"]!, Is.EqualTo(1));
        Assert.That((double)summary["scores"]!["price"]!["f1"]!, Is.EqualTo(1));
        Assert.That(Directory.GetFiles(Path.Combine(checkout.Root, ".azurite")).Select(Path.GetFileName), Is.EqualTo(new[] { "demo-keys.json" }), "no emulator's data");
        Assert.That(await AnswersAsync(azurite.DirectTableEndpoint.AbsoluteUri), Is.True, "the emulator that was there is left running");
    }

    [Test]
    public async Task Once_FolderOfPagesIsNone_EndsWithOneLine()
    {
        using var checkout = new TestCheckout();

        var end = await checkout.RunAsync("once", "--pages", Path.Combine(checkout.Root, "nowhere"));

        AssertOneLine(end, "ground-truth.json: can not be read");
    }

    /// <param name="isWholeGroup">As a terminal does for Ctrl+C.</param>
    private static async Task InterruptAsync(Process process, bool isWholeGroup)
    {
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -s INT -- {(isWholeGroup ? "-" : "")}{process.Id}"]);
        await process.WaitForExitAsync();
        await shell.WaitForExitAsync();
    }

    private static void AssertOneLine((int ExitCode, string Output, string Errors) end, string part)
    {
        Assert.Multiple(() =>
        {
            Assert.That(end.ExitCode, Is.EqualTo(1));
            Assert.That(end.Output, Is.Empty);
            Assert.That(end.Errors, Does.StartWith("marketline: ").And.Contains(part));
            Assert.That(end.Errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), end.Errors);
        });
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        using var http = new HttpClient();
        return (await TryGetAsync(http, new Uri(address))).Length > 0;
    }

    /// <returns>Empty when nobody answers.</returns>
    private static async Task<string> TryGetAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address);
            return $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private static List<int> Children(int parent) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out var id) ? id : 0).Where(id => id > 0 && Parent(id) == parent)];

    private static int? Parent(int id)
    {
        try
        {
            var match = ParentField().Match(File.ReadAllText($"/proc/{id}/stat"));
            return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended by now.
            return null;
        }
    }

    private static bool IsRunning(int id) => Directory.Exists($"/proc/{id}");

    /// <summary>The name stands in brackets and may have any character in it; then come the state and the parent.</summary>
    [GeneratedRegex(@".*\) \S (\d+) ", RegexOptions.Singleline)]
    private static partial Regex ParentField();
}
