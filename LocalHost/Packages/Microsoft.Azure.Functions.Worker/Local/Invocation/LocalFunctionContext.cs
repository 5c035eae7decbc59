using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

internal sealed class LocalFunctionContext : FunctionContext
{
    private readonly InvocationFeatures _features = new();

    public LocalFunctionContext(
        FunctionDescriptor function, FunctionCall call, IServiceProvider services, CancellationToken cancellationToken)
    {
        Function = function;
        Call = call;
        InstanceServices = services;
        CancellationToken = cancellationToken;
        Result = new LocalInvocationResult();
        _features.Set(Result);
        TraceContext = new LocalTraceContext(Activity.Current);
        BindingContext = new LocalBindingContext(call);
    }

    public FunctionDescriptor Function { get; }

    public FunctionCall Call { get; }

    public LocalInvocationResult Result { get; }

    public override string InvocationId => field ??= Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override TraceContext TraceContext { get; }

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext => NoRetry.Instance;

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => _features;

    public override CancellationToken CancellationToken { get; }

    private sealed class LocalBindingContext(FunctionCall call) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => call.BindingData;
    }

    private sealed class LocalTraceContext(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";

        public override string TraceState => activity?.TraceStateString ?? "";
    }

    private sealed class NoRetry : RetryContext
    {
        public static readonly NoRetry Instance = new();

        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }
}
