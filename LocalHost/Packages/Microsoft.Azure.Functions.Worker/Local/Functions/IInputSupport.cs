using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>How an extension fills a parameter that carries one of its attributes, whatever the trigger.</summary>
internal interface IInputSupport
{
    Type AttributeType { get; }

    IParameterBinder Bind(FunctionDescriptor function, ParameterInfo parameter);
}
