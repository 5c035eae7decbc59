using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        context.Features.Get<LocalInvocationResult>()
        ?? throw new InvalidOperationException("This context does not come from a running function.");
}
