using Azure;
using Marketline.Core.Faults;
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
        catch (Exception failure) when (IsTransient(failure, context.CancellationToken))
        {
            var first = failure is AggregateException attempts ? attempts.InnerExceptions[0] : failure;
            throw new TransientStepException($"Storage does not answer as it should: {FirstLine(first.Message)}", failure);
        }
    }

    private static bool IsTransient(Exception failure, CancellationToken stopping) =>
        failure switch
        {
            // 0: there was no answer at all.
            RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
            // A client that has tried several times throws what came of each.
            AggregateException attempts => attempts.InnerExceptions.All(attempt => IsTransient(attempt, stopping)),
            // A client's time-out looks like this as long as nobody has cancelled the function.
            OperationCanceledException => !stopping.IsCancellationRequested,
            _ => false,
        };

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
