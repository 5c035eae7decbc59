using System.Diagnostics;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class TraceTests
{
    [Test]
    public async Task Trace_OfTheStart_ReachesOrchestratorActivityAndChild()
    {
        var seen = new List<string?>();
        await using var engine = await new TestEngine()
            .Activity<string>("Step", _ =>
            {
                seen.Add(Activity.Current?.TraceId.ToString());
                return Activity.Current?.ParentSpanId.ToString();
            })
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Step"))
            .Orchestrator("Parent", async context =>
            {
                seen.Add(Activity.Current?.TraceId.ToString());
                await context.CallActivityAsync<string>("Step");
                return await context.CallSubOrchestratorAsync<string>("Child");
            })
            .StartAsync();

        string traceId;
        using (var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            traceId = request.TraceId.ToString();
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        }

        await engine.IdleAsync();

        Assert.That(seen, Has.Count.EqualTo(3));
        Assert.That(seen.Distinct(), Is.EqualTo(new[] { traceId }));
        Assert.That(Activity.Current, Is.Null);
    }

    [Test]
    public async Task Trace_Listener_SeesSpansOfOrchestrationAndActivity()
    {
        var names = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.DurableTask",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (names)
                {
                    names.Add(activity.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var engine = await new TestEngine()
            .Activity<string>("TracedStep", _ => 1)
            .Orchestrator("Traced", async context => await context.CallActivityAsync<int>("TracedStep"))
            .StartAsync();

        await engine.RunAsync("Traced");

        Assert.That(names, Does.Contain("orchestration:Traced").And.Contain("activity:TracedStep"));
    }
}
