using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>
/// The rules that the real generators and the real host hold every function to. Each violation is one error that names
/// the function, before anything starts.
/// </summary>
internal static partial class FunctionRules
{
    public static void CheckMethod(MethodInfo method, string name)
    {
        if (Problem(method, name) is { } problem)
        {
            throw new HostStartException($"Function '{name}' ({method.DeclaringType!.Name}.{method.Name}): {problem}");
        }
    }

    public static void CheckUnique(IEnumerable<FunctionDescriptor> functions)
    {
        foreach (var same in functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            var methods = string.Join(" and ", same.Select(f => $"{f.Class.Name}.{f.Method.Name}"));
            throw new HostStartException(
                $"Function '{same.Key}' is defined more than once ({methods}); names are unique without regard to case.");
        }
    }

    public static IReadOnlyList<ParameterInfo> Triggers(MethodInfo method) =>
        [.. method.GetParameters().Where(p => p.GetCustomAttribute<TriggerBindingAttribute>() is not null)];

    private static string? Problem(MethodInfo method, string name)
    {
        var type = method.DeclaringType!;
        if (!method.IsPublic || !IsVisible(type))
        {
            return "the method and every class around it have to be public.";
        }

        if (type.ContainsGenericParameters || method.IsGenericMethodDefinition || (type.IsAbstract && !method.IsStatic))
        {
            return "the method and its class can be neither generic nor abstract.";
        }

        if (!ValidName().IsMatch(name))
        {
            return "the name has to be 1 to 128 letters, digits, '_' or '-', start with a letter and not be 'host'.";
        }

        if (name.StartsWith("admin", StringComparison.OrdinalIgnoreCase))
        {
            return "names that start with 'admin' are reserved by the host.";
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            return "an 'async void' method can not be awaited; return a Task.";
        }

        if (method.GetParameters().Any(p => p.ParameterType.IsByRef))
        {
            return "parameters can not be passed by reference.";
        }

        return BindingProblem(method);
    }

    private static string? BindingProblem(MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttributes<BindingAttribute>().Count() > 1)
            {
                return $"the parameter '{parameter.Name}' has more than one binding attribute.";
            }
        }

        return Triggers(method).Count switch
        {
            0 => "it has no trigger; exactly one parameter needs a trigger attribute.",
            1 => null,
            var count => $"it has {count} triggers; exactly one parameter may have a trigger attribute.",
        };
    }

    private static bool IsVisible(Type? type) => type is null || ((type.IsPublic || type.IsNestedPublic) && IsVisible(type.DeclaringType));

    [GeneratedRegex(@"^[a-z][a-z0-9_\-]{0,127}$(?<!^host$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
