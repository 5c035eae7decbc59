using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Operations;

/// <summary>The HTTP functions of this assembly, read from their declarations once.</summary>
internal sealed class ApiCatalog
{
    private readonly FrozenDictionary<string, ApiOperation> _operations = typeof(ApiCatalog)
        .Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Select(Read)
        .OfType<ApiOperation>()
        .ToFrozenDictionary(operation => operation.Function);

    public IReadOnlyList<ApiOperation> Operations => _operations.Values;

    /// <summary>Those that the document tells of, by their routes and methods.</summary>
    public IEnumerable<ApiOperation> Documented =>
        Operations.Where(operation => !operation.About.IsHidden).OrderBy(operation => $"{operation.Route} {operation.Methods[0]}", StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The function has no <see cref="ApiOperationAttribute"/>.</exception>
    public ApiOperation Get(string function) =>
        _operations.GetValueOrDefault(function)
        ?? throw new InvalidOperationException($"The HTTP function {function} does not say who may call it.");

    private static ApiOperation? Read(MethodInfo method)
    {
        var function = method.GetCustomAttribute<FunctionAttribute>();
        var about = method.GetCustomAttribute<ApiOperationAttribute>();
        var trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null);
        return function is null || about is null || trigger is not { Methods: { } methods, Route: { } route }
            ? null
            : new ApiOperation(
                function.Name,
                [.. methods.Select(verb => verb.ToUpperInvariant())],
                route,
                about,
                [.. method.GetCustomAttributes<ApiQueryAttribute>()]
            );
    }
}
