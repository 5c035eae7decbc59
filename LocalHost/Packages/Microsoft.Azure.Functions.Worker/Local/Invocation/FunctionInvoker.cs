using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>
/// Runs functions: a scope for each call, the app's middlewares around it, the class made anew, the parameters bound.
/// </summary>
internal sealed partial class FunctionInvoker(
    IServiceScopeFactory scopes, MiddlewareList middlewares, HostJson hostJson, HostStopping stopping, TimeProvider time,
    ILogger<FunctionInvoker> logger)
{
    /// <summary>What a function gets after its time is up to notice the cancelled token; then it is left alone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly Action<object?> Cancel = static source => ((CancellationTokenSource)source!).Cancel();

    private readonly FunctionExecutionDelegate _pipeline = middlewares.Around(ExecuteAsync);
    private readonly TimeSpan? _limit = hostJson.FunctionTimeout;

    /// <summary>Returns what the function (or a middleware) gave as result; throws what it threw.</summary>
    public async Task<object?> InvokeAsync(FunctionDescriptor function, FunctionCall call)
    {
        using var activity = call.StartActivity(function.Name);
        try
        {
            return call.IsBounded
                ? await InvokeBoundedAsync(function, call)
                : await InvokeAsync(function, call, call.CancellationToken);
        }
        catch (Exception e) when (call.LogsFailure && !(e is OperationCanceledException && IsGivenUp(call)))
        {
            LogFailed(e, function.Name);
            throw;
        }
    }

    private async Task<object?> InvokeBoundedAsync(FunctionDescriptor function, FunctionCall call)
    {
        using var end = new CancellationTokenSource(_limit ?? Timeout.InfiniteTimeSpan, time);
        using var caller = call.CancellationToken.UnsafeRegister(Cancel, end);
        using var host = stopping.Token.UnsafeRegister(Cancel, end);
        using var abandon = new CancellationTokenSource(_limit + Grace ?? Timeout.InfiniteTimeSpan, time);
        try
        {
            return await InvokeAsync(function, call, end.Token).WaitAsync(abandon.Token);
        }
        catch (OperationCanceledException) when (_limit is not null && end.IsCancellationRequested && !IsGivenUp(call))
        {
            throw new FunctionTimeoutException(function.Name, _limit.Value);
        }
    }

    private bool IsGivenUp(FunctionCall call) => call.CancellationToken.IsCancellationRequested || stopping.Token.IsCancellationRequested;

    private async Task<object?> InvokeAsync(FunctionDescriptor function, FunctionCall call, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(function, call, scope.ServiceProvider, cancellationToken);
        call.Prepare(context);
        await _pipeline(context);
        await call.CompleteAsync(context);
        return context.Result.Value;
    }

    private static async Task ExecuteAsync(FunctionContext context)
    {
        var local = (LocalFunctionContext)context;
        var function = local.Function;
        var arguments = new object?[function.Binders.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await function.Binders[i].BindAsync(local);
        }

        var instance = function.CreateInstance?.Invoke(context.InstanceServices);
        local.Result.Value = await function.Run.InvokeAsync(instance, arguments);
    }

    [LoggerMessage(LogLevel.Error, "Function {Function} failed.")]
    private partial void LogFailed(Exception exception, string function);
}
