using Marketline.Core.Faults;
using Marketline.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Marketline.Functions;

/// <summary>
/// Tells an orchestrator which of an activity's failures pass by themselves: throttling, time-outs and unreachable storage
/// become <see cref="TransientStepException"/>, the only type that its retry policy repeats.
/// </summary>
internal sealed class TransientFaultMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (StorageFailures.IsTransient(failure, context.CancellationToken))
        {
            var first = failure is AggregateException attempts ? attempts.InnerExceptions[0] : failure;
            throw new TransientStepException($"Storage does not answer as it should: {FirstLine(first.Message)}", failure);
        }
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
