using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.LocalHost.Worker;

public sealed class HostLifecycleTests
{
    [SetUp]
    public void SetUp() => Slow.Waits = new TaskCompletionSource();

    [Test]
    public void StartAsync_PortTaken_IsOneLineThatNamesThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var options = new FunctionsTestOptions { Functions = [typeof(Slow)], Args = [$"--port={port}"] };

        Assert.That(
            async () => await FunctionsTestHost.StartAsync(options),
            Throws.InstanceOf<HostStartException>().With.Message.Contains($"Port {port} can not be used"));
    }

    [Test]
    public async Task StartAsync_DataFolderInUse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var options = new FunctionsTestOptions { Functions = [typeof(Slow)], Folder = folder };
        await using var first = await FunctionsTestHost.StartAsync(options);

        Assert.That(
            async () => await FunctionsTestHost.StartAsync(options),
            Throws.InstanceOf<HostStartException>().With.Message.Contains("in use by another host"));
    }

    [Test]
    public async Task StartAsync_AfterAnotherHostStopped_TakesItsDataFolder()
    {
        using var folder = new TemporaryFolder();
        var options = new FunctionsTestOptions { Functions = [typeof(Slow)], Folder = folder };
        await (await FunctionsTestHost.StartAsync(options)).DisposeAsync();

        await using var second = await FunctionsTestHost.StartAsync(options);

        Assert.That(Directory.Exists(Path.Combine(folder.FullPath, ".engine")), Is.True);
    }

    [Test]
    public async Task StopAsync_RequestNearlyDone_IsAnswered()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Slow));
        var answer = host.Client.GetStringAsync("api/Finishing");
        await Slow.Started.Task;

        var stopping = host.StopAsync();
        Slow.Finish.SetResult();
        await stopping;

        Assert.That(await answer, Is.EqualTo("finished"));
    }

    [Test]
    public async Task StopAsync_RequestThatWaitsForever_IsCancelledAndAnswered503()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Slow));
        var answer = host.Client.GetAsync(new Uri("api/Waiting", UriKind.Relative));
        await Slow.Waits.Task;

        await host.StopAsync();

        using var response = await answer;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [TestCase("Waiting", 300)]
    [TestCase("Deaf", 305)]
    public async Task Invoke_LongerThanFunctionTimeout_FailsThoughTheTokenMayBeIgnored(string function, int seconds)
    {
        var clock = new ManualTimeProvider();
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [typeof(Slow)],
            HostJson = """{"version":"2.0","functionTimeout":"00:05:00"}""",
            Time = clock,
        });
        var answer = host.Client.GetAsync(new Uri($"api/{function}", UriKind.Relative));
        await (function == "Deaf" ? Slow.DeafRuns : Slow.Waits).Task;

        clock.Advance(TimeSpan.FromSeconds(seconds));

        using var response = await answer;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task StartAsync_HostedServices_AreUpBeforeTimersFireAndDownAfterThem()
    {
        var log = new List<string>();
        var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [typeof(AtStart)],
            Configure = builder =>
            {
                builder.Services.AddSingleton(log);
                builder.Services.AddHostedService<OwnService>();
            },
        });
        await AtStart.Ran.Task;

        await host.DisposeAsync();

        Assert.That(log, Is.EqualTo(new[] { "service up", "timer", "service down" }));
    }

    [Test]
    public void Explain_MendableFailures_AreOneLineAndOthersAreNot()
    {
        var invalid = new OptionsValidationException("Crawl", typeof(object), ["MaxPages is 0"]);

        Assert.Multiple(() =>
        {
            Assert.That(HostExit.Explain(new HostStartException("why")), Is.EqualTo("why"));
            Assert.That(HostExit.Explain(invalid), Does.Contain("MaxPages is 0"));
            Assert.That(HostExit.Explain(new InvalidOperationException("a bug")), Is.Null);
        });
    }

    public sealed class Slow
    {
        public static readonly TaskCompletionSource Started = new(), Finish = new(), DeafRuns = new();

        public static TaskCompletionSource Waits { get; set; } = new();

        [Function("Deaf")]
        public async Task<IActionResult> DeafAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            DeafRuns.SetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new OkResult();
        }

        [Function("Finishing")]
        public async Task<IActionResult> FinishingAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            Started.SetResult();
            await Finish.Task.WaitAsync(cancellationToken);
            return new ContentResult { Content = "finished" };
        }

        [Function("Waiting")]
        public async Task<IActionResult> WaitingAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            Waits.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new OkResult();
        }
    }

    public sealed class AtStart(List<string> log)
    {
        public static readonly TaskCompletionSource Ran = new();

        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
        {
            log.Add("timer");
            Ran.SetResult();
        }
    }

    private sealed class OwnService(List<string> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            log.Add("service up");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            log.Add("service down");
            return Task.CompletedTask;
        }
    }
}
