using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Packages.Worker.Durable;

public sealed record SumInput(IReadOnlyList<int> Numbers);

public sealed record SumOutput(int Sum);

/// <summary>What the sample functions tell the tests.</summary>
public sealed class Notes
{
    public ConcurrentDictionary<string, bool> Invoked { get; } = [];

    public TaskCompletionSource TimerRan { get; } = new();

    public TaskCompletionSource Blocked { get; } = new();

    public string? Described { get; set; }

    public bool Blocks { get; set; }
}

public sealed class StartEndpoint
{
    [Function(nameof(StartEndpoint))]
    public static async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sums/{id}")] HttpRequest request,
        string id,
        [Microsoft.Azure.Functions.Worker.Http.FromBody] SumInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SumOrchestrator), input, new StartOrchestrationOptions(id), cancellationToken);
        return new AcceptedResult(request.Path.Value, null);
    }
}

public sealed class StatusEndpoint
{
    [Function(nameof(StatusEndpoint))]
    public static async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sums/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client) =>
        await client.GetInstanceAsync(id, request.HttpContext.RequestAborted) is { } instance
            ? new ContentResult { Content = instance.RuntimeStatus.ToString() }
            : new NotFoundResult();
}

public sealed class StartTimer(Notes notes)
{
    [Function(nameof(StartTimer))]
    public async Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SumOrchestrator), new SumInput([3, timer.IsPastDue ? 0 : 4]), new StartOrchestrationOptions("timer"));
        notes.TimerRan.SetResult();
    }
}

public sealed class SumOrchestrator
{
    [Function(nameof(SumOrchestrator))]
    public async Task<SumOutput> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, SumInput input, FunctionContext functionContext)
    {
        var doubled = await Task.WhenAll(input.Numbers.Select(n => context.CallActivityAsync<int>(nameof(DoubleActivity), n)));
        await context.CallActivityAsync(nameof(DescribeActivity));
        return new SumOutput(functionContext.FunctionDefinition.Name == nameof(SumOrchestrator) ? doubled.Sum() : 0);
    }
}

public sealed class DoubleActivity(Notes notes)
{
    [Function(nameof(DoubleActivity))]
    public async Task<int> RunAsync([ActivityTrigger] int number, CancellationToken cancellationToken)
    {
        if (notes.Blocks)
        {
            notes.Blocked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return number * 2;
    }
}

public sealed class DescribeActivity(Notes notes)
{
    [Function(nameof(DescribeActivity))]
    public void Run([ActivityTrigger] string? input, FunctionContext context, string instanceId) =>
        notes.Described = string.Join('|',
            input ?? "none",
            instanceId,
            context.FunctionDefinition.Name,
            context.FunctionDefinition.InputBindings["input"].Type,
            context.TraceContext.TraceParent);
}

public sealed class WaitOrchestrator
{
    [Function(nameof(WaitOrchestrator))]
    public async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var told = context.WaitForExternalEvent<int>("told");
        await context.CallActivityAsync(nameof(TellActivity), 7);
        return await told;
    }
}

public sealed class TellActivity
{
    [Function(nameof(TellActivity))]
    public async Task RunAsync([ActivityTrigger] int number, [DurableClient] DurableTaskClient client, string instanceId, CancellationToken cancellationToken) =>
        await client.RaiseEventAsync(instanceId, "told", number, cancellationToken);
}
