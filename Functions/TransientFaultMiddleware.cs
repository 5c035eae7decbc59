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
        catch (RequestFailedException failure) when (IsTransient(failure.Status))
        {
            throw new TransientStepException($"Storage does not answer as it should: {FirstLine(failure.Message)}", failure);
        }
        catch (AggregateException failure)
            when (failure.InnerExceptions.All(inner => inner is RequestFailedException { Status: var status } && IsTransient(status)))
        {
            throw new TransientStepException($"Storage does not answer: {FirstLine(failure.InnerException!.Message)}", failure);
        }
    }

    /// <summary>0: there was no answer at all.</summary>
    private static bool IsTransient(int status) => status is 0 or 408 or 429 or >= 500;

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
