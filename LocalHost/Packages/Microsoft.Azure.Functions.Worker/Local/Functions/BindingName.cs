using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Names of bindings, made from the attribute's name as the real generator makes them.</summary>
internal static class BindingName
{
    public static string Short(BindingAttribute attribute) =>
        attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);

    /// <summary><c>HttpTriggerAttribute</c> is <c>httpTrigger</c>, <c>DurableClientAttribute</c> is <c>durableClient</c>.</summary>
    public static string Of(BindingAttribute attribute)
    {
        var name = Short(attribute)
            .Replace("Input", "", StringComparison.Ordinal)
            .Replace("Output", "", StringComparison.Ordinal);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
