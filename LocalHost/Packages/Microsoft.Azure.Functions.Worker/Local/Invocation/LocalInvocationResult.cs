namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

internal sealed class LocalInvocationResult : InvocationResult
{
    public override object? Value { get; set; }
}
