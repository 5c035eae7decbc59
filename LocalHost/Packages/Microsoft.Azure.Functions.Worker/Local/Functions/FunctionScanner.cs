using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>
/// Finds what the real build finds by source generators: functions in the app's assembly and in referenced assemblies
/// that reference the worker themselves, and the extensions' start-up types.
/// </summary>
internal static class FunctionScanner
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Worker = typeof(FunctionsApplication).Assembly;

    public static IEnumerable<(MethodInfo Method, string Name)> FindFunctions(HostLaunch launch) =>
        from type in launch.FunctionTypes ?? AppAssemblies(launch.AppAssembly).SelectMany(a => a.GetTypes())
        from method in type.GetMethods(Declared)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        select (method, attribute.Name);

    public static IEnumerable<Type> FindExtensions(HostLaunch launch) =>
        from name in AppAssemblies(launch.AppAssembly).SelectMany(a => a.GetReferencedAssemblies()).Select(a => a.Name!).Distinct()
        where name.StartsWith($"{Worker.GetName().Name}.Extensions.", StringComparison.Ordinal)
        orderby name
        from attribute in Assembly.Load(name).GetCustomAttributes<WorkerExtensionStartupAttribute>()
        select attribute.StartupType;

    private static List<Assembly> AppAssemblies(Assembly app)
    {
        var found = new List<Assembly> { app };
        var seen = new HashSet<string>(StringComparer.Ordinal) { app.GetName().Name! };
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var name in found[i].GetReferencedAssemblies())
            {
                if (!IsPlatform(name.Name!) && seen.Add(name.Name!) && Load(name) is { } assembly)
                {
                    found.Add(assembly);
                }
            }
        }

        return found.FindAll(a => a == app || a.GetReferencedAssemblies().Any(r => r.Name == Worker.GetName().Name));
    }

    /// <summary>Null for what was referenced when something was built, but is not deployed with the app.</summary>
    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsPlatform(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "System" or "netstandard" or "mscorlib";
}
