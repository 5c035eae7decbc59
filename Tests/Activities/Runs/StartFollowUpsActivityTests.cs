using Marketline.Activities.Runs;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Functions;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Activities.Runs;

public sealed class StartFollowUpsActivityTests
{
    private static readonly DateTimeOffset EndedUtc = new(2026, 11, 21, 4, 0, 7, TimeSpan.Zero);

    private RunRef _run = null!;
    private ServiceProvider _storage = null!;
    private StartRecorder _client = null!;

    [SetUp]
    public async Task SetUp()
    {
        _run = ActivityWorker.NewRun();
        _storage = await TestStorage.CreateAsync();
        _client = new StartRecorder();
        await new StarterSetup(_storage).AddTenantAsync(_run.TenantId);
        await PutPlanAsync("reviews", isPaused: false);
        await PutPlanAsync("paused", isPaused: true);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_Follower_IsStartedByTheRunForTheSecondOfItsEnd()
    {
        var output = await RunAsync(depth: 1, "reviews");

        var row = await _storage.GetRequiredService<TableRunStore>().FindAsync(output.Runs.Single(), default);
        Assert.That(output.Runs.Single(), Is.EqualTo(new RunId(_run.TenantId, PlanId.Parse("reviews"), EndedUtc)));
        Assert.That(row!.Trigger, Is.EqualTo(new RunTrigger(RunTriggerKind.Run, _run.RunId.Value)));
        Assert.That(((RunInput)_client.Starts.Single().Input!).Depth, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SecondTime_StartsNothingTwice()
    {
        await RunAsync(depth: 1, "reviews");
        await RunAsync(depth: 1, "reviews");

        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_PlanIsGoneOrPaused_IsLeftOut()
    {
        var output = await RunAsync(depth: 1, "gone", "paused", "reviews");

        Assert.That(output.Runs.Select(run => run.PlanId.Value), Is.EqualTo(new[] { "reviews" }));
    }

    [Test]
    public async Task RunAsync_ChainIsTooLong_Ends()
    {
        var last = await RunAsync(PlanRules.MaxChainLength, "reviews");
        var beyond = await RunAsync(PlanRules.MaxChainLength + 1, "reviews");

        Assert.That((last.Runs.Count, beyond.Runs.Count), Is.EqualTo((1, 0)));
    }

    private Task<StartFollowUpsOutput> RunAsync(int depth, params string[] plans)
    {
        var activity = new StartFollowUpsActivity(
            _storage.GetRequiredService<TablePlanStore>(),
            new StarterSetup(_storage).Starter,
            NullLogger<StartFollowUpsActivity>.Instance
        );
        var input = new StartFollowUpsInput(_run, [.. plans.Select(PlanId.Parse)], EndedUtc, depth);
        return activity.RunAsync(input, _client, CancellationToken.None);
    }

    private async Task PutPlanAsync(string id, bool isPaused)
    {
        var plan = new Plan
        {
            TenantId = _run.TenantId,
            PlanId = PlanId.Parse(id),
            Platform = "generic-shop",
            Kind = CrawlKind.Reviews,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            IsPaused = isPaused,
        };
        await _storage.GetRequiredService<TablePlanStore>().WriteAsync(plan, null, default);
    }
}
