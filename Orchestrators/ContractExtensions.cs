using Marketline.Core.Runs;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators;

internal static class ContractExtensions
{
    /// <summary>Calls the activity that fulfils <paramref name="contract"/>, with its types.</summary>
    public static Task<TOutput> CallAsync<TInput, TOutput>(
        this TaskOrchestrationContext context,
        ActivityContract<TInput, TOutput> contract,
        TInput input,
        TaskOptions? options = null
    ) => context.CallActivityAsync<TOutput>(contract.Name, input, options);

    public static DateTimeOffset UtcNow(this TaskOrchestrationContext context) =>
        new(context.CurrentUtcDateTime, TimeSpan.Zero);
}
