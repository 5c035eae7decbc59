using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http.Runs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunEventStreamTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Slot);
    private ServiceProvider _storage = null!;
    private StartRecorder _client = null!;
    private RunViews _views = null!;
    private RunId _runId = null!;
    private CancellationTokenSource _stopping = null!;
    private MemoryStream _body = null!;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _client = new StartRecorder();
        _views = new RunViews(_storage.GetRequiredService<TableRunStore>(), _time);
        _runId = new RunId(TestStorage.NewTenant(), PlanId.Parse("plan"), Slot);
        _stopping = new CancellationTokenSource();
        await _storage.GetRequiredService<TableRunStore>().TryAddAsync(
            new RunRecord { Run = new RunRef { RunId = _runId, Platform = "generic-shop", Kind = CrawlKind.Products }, Status = RunStatus.Running },
            CancellationToken.None
        );
    }

    [TearDown]
    public async Task TearDown()
    {
        _stopping.Dispose();
        _views.Dispose();
        await _client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Execute_NothingHappens_SendsHeartbeatsAndEndsBeforeTheFrontEndDoes()
    {
        var stream = await StartAsync();
        var seconds = 0;
        while (!stream.IsCompleted)
        {
            await TickAsync(stream);
            seconds++;
        }

        var text = Text();
        Assert.That(seconds, Is.InRange(200, 229));
        Assert.That(text, Does.StartWith("retry: 1000\n\nid: Running.-1.0.0.0\nevent: status\ndata: {\"status\":\"Running\"}\n\n: nothing new\n\n"));
        Assert.That(text.Split(": nothing new").Length - 1, Is.EqualTo(13));
    }

    [Test]
    public async Task Execute_HostStops_EndsAtOnce()
    {
        var stream = await StartAsync();

        await _stopping.CancelAsync();

        Assert.That(async () => await stream, Throws.Nothing);
    }

    [Test]
    public async Task Execute_RunIsClosed_EndsWithTheRun()
    {
        var stream = await StartAsync();
        await _storage.GetRequiredService<TableRunStore>().UpdateAsync(
            _runId,
            row => row with { Status = RunStatus.CompletedWithErrors, Problems = ["batch 1: raw-missing"], IsLineageComplete = true },
            CancellationToken.None
        );
        while (!stream.IsCompleted)
        {
            await TickAsync(stream);
        }

        Assert.That(
            Text().Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "event: status", "event: status", "event: problem", "event: end" })
        );
    }

    /// <summary>Returns when the stream waits for the first second to pass.</summary>
    private async Task<Task> StartAsync()
    {
        var http = Http.Answers.NewContext();
        _body = (MemoryStream)http.Response.Body;
        var stream = new RunEventStream(_runId, RunEventPlace.Start, _views, _client, _time, _stopping.Token).ExecuteAsync(http);
        await UntilTimerIsSetAsync(stream);
        return stream;
    }

    /// <summary>A second passes when the stream waits for it.</summary>
    private async Task TickAsync(Task stream)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await UntilTimerIsSetAsync(stream);
    }

    private async Task UntilTimerIsSetAsync(Task stream)
    {
        while (!stream.IsCompleted && _time.TimerCount == 0)
        {
            await Task.Yield();
        }
    }

    private string Text() => Encoding.UTF8.GetString(_body.ToArray());
}
