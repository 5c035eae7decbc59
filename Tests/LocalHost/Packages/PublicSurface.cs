using System.Reflection;
using System.Runtime.CompilerServices;

namespace Marketline.Tests.LocalHost.Packages;

/// <summary>Writes every public and protected member of an assembly as one sorted line each.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(OfType).Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> OfType(Type type)
    {
        yield return $"{Name(type)} : type";

        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return $"{Name(type)}.ctor({Parameters(constructor)})";
        }

        foreach (var method in type.GetMethods(Declared).Where(IsVisible).Where(m => !IsAccessor(m) && !IsCompilerMade(m)))
        {
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            yield return $"{Name(type)}.{method.Name}{generic}({Parameters(method)}) : {Name(method.ReturnType)}";
        }

        foreach (var property in type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible)))
        {
            var index = property.GetIndexParameters();
            var at = index.Length == 0 ? "" : $"[{string.Join(", ", index.Select(p => Name(p.ParameterType)))}]";
            var get = property.GetMethod is { } g && IsVisible(g) ? "get; " : "";
            var set = property.SetMethod is { } s && IsVisible(s) ? (IsInit(s) ? "init; " : "set; ") : "";
            yield return $"{Name(type)}.{property.Name}{at} : {Name(property.PropertyType)} {{ {get}{set}}}";
        }

        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName))
        {
            yield return $"{Name(type)}.{field.Name} : {Name(field.FieldType)} field";
        }

        foreach (var member in type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)))
        {
            yield return $"{Name(type)}.{member.Name} : {Name(member.EventHandlerType!)} event";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsCompilerMade(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.StartsWith('<');

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? "?" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter || !type.IsGenericType)
        {
            return type.IsGenericParameter ? type.Name : type.FullName!.Replace('+', '.');
        }

        var definition = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        var tick = definition.IndexOf('`', StringComparison.Ordinal);
        var plain = tick < 0 ? definition : definition[..tick];
        return $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
