using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>How an extension makes one kind of trigger work on the local host.</summary>
internal interface ITriggerSupport
{
    Type AttributeType { get; }

    /// <summary>Throws <see cref="FunctionDescriptor.Complain"/> for what Azure would refuse.</summary>
    void Check(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all);

    /// <summary>A binder for the trigger's own parameter or one filled from the trigger's data, null for any other.</summary>
    IParameterBinder? Bind(FunctionDescriptor function, ParameterInfo parameter);

    /// <summary>Kind and address for the start-up list: "http", "GET /api/runs/{runId}".</summary>
    (string Kind, string Detail) Describe(FunctionDescriptor function);
}
