using System.Reflection;

namespace Marketline.Tests.Architecture;

/// <summary>A method with a <c>[Function]</c> attribute.</summary>
internal sealed record FunctionMethod(string Name, Type Class, MethodInfo Method)
{
    public ParameterInfo? TriggerParameter<TTrigger>()
        where TTrigger : Attribute =>
        Method.GetParameters().SingleOrDefault(parameter => parameter.GetCustomAttribute<TTrigger>() is not null);

    /// <summary>What the method gives when it is awaited; null for nothing.</summary>
    public Type? Output => Method.ReturnType.IsGenericType ? Method.ReturnType.GetGenericArguments()[0] : null;

    public override string ToString() => Name;
}
