using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

internal sealed class HttpTriggerSupport(HostJson hostJson) : ITriggerSupport
{
    public Type AttributeType => typeof(HttpTriggerAttribute);

    public void Check(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all)
    {
        var route = HttpRoute.Of(function, hostJson.RoutePrefix);
        if (route.Own.StartsWith("admin", StringComparison.OrdinalIgnoreCase))
        {
            throw function.Complain($"the route '{route.Own}' is reserved by the host, as is every route that starts with 'admin'.");
        }

        if (function.TriggerParameter.ParameterType != typeof(HttpRequest))
        {
            throw function.Complain(
                "the [HttpTrigger] parameter has to be an HttpRequest; other values come from [FromBody], the route or the query.");
        }

        CheckSyntax(function, route);
        if (all.TakeWhile(f => f != function).Where(f => f.Trigger is HttpTriggerAttribute)
            .FirstOrDefault(f => HttpRoute.Of(f, hostJson.RoutePrefix).ConflictsWith(route)) is { } other)
        {
            throw function.Complain($"its route '{route}' conflicts with the one of function '{other.Name}'.");
        }
    }

    public IParameterBinder? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
        {
            return RequestBinder.Instance;
        }

        if (parameter.IsDefined(typeof(FromBodyAttribute)))
        {
            return new BodyBinder(parameter.ParameterType);
        }

        if (parameter.GetCustomAttributes().FirstOrDefault(a => a is IBindingSourceMetadata) is { } foreign)
        {
            throw function.Complain(
                $"[{foreign.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)}] of ASP.NET Core " +
                $"on '{parameter.Name}' does nothing " +
                "in a function: use Microsoft.Azure.Functions.Worker.Http.FromBody, or no attribute for route and query values.");
        }

        return NamedValueBinder.Accepts(parameter.ParameterType) ? new NamedValueBinder(parameter) : null;
    }

    public (string Kind, string Detail) Describe(FunctionDescriptor function) =>
        ("http", HttpRoute.Of(function, hostJson.RoutePrefix).ToString());

    private static void CheckSyntax(FunctionDescriptor function, HttpRoute route)
    {
        try
        {
            RoutePatternFactory.Parse(route.Full);
        }
        catch (RoutePatternException e)
        {
            throw function.Complain($"the route '{route.Full}' is not valid: {e.Message}");
        }
    }
}
