using System.Reflection;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

/// <summary>What docs/adding-an-endpoint.md asks of every HTTP function.</summary>
public sealed class EndpointsTests
{
    private static readonly ApiCatalog Catalog = new();
    private static readonly ApiExamples AllExamples = new();

    private static IEnumerable<FunctionMethod> HttpFunctions => App.Triggered<HttpTriggerAttribute>();

    private static IEnumerable<ApiOperation> Documented => Catalog.Documented;

    [TestCaseSource(nameof(HttpFunctions))]
    public void Endpoint_Declaration_SaysWhoMayCallItAndHow(object function)
    {
        var (name, _, method) = (FunctionMethod)function;
        var trigger = ((FunctionMethod)function).TriggerParameter<HttpTriggerAttribute>()!.GetCustomAttribute<HttpTriggerAttribute>()!;

        Assert.That(method.GetCustomAttribute<ApiOperationAttribute>(), Is.Not.Null, $"{name} needs an [ApiOperation]");
        Assert.That(trigger.Route, Is.Not.Null, $"{name} needs a Route");
        Assert.That(trigger.Methods, Is.Not.Null.And.Not.Empty, $"{name} needs its method");
        Assert.That(trigger.AuthLevel, Is.EqualTo(AuthorizationLevel.Anonymous), "our own middleware looks at keys");
    }

    [TestCaseSource(nameof(Documented))]
    public void Endpoint_Examples_ShowASuccessAndATypicalError(object endpoint)
    {
        var operation = (ApiOperation)endpoint;
        var statuses = AllExamples.Of(operation.Id).Select(example => example.Answer.Status).ToList();

        Assert.That(statuses, Has.Some.LessThan(400), $"Functions/Http/<Area>/Examples/{operation.Id}.json shows no success (docs/adding-an-endpoint.md)");
        Assert.That(statuses, operation.Access == EndpointAccess.Anyone ? Is.Not.Empty : Has.Some.GreaterThanOrEqualTo(400), $"{operation.Id}.json shows no error");
        Assert.That(AllExamples.Of(operation.Id).Select(example => example.Name), Is.Unique);
    }

    [Test]
    public void ExampleFiles_OfTheApp_AreOfEndpointsThatExist() =>
        Assert.That(AllExamples.Operations, Is.SubsetOf(Documented.Select(operation => operation.Id)));

    [TestCaseSource(nameof(Documented))]
    public void Endpoint_PathParameters_AreDescribed(object endpoint)
    {
        var names = ((ApiOperation)endpoint).Pattern.Parameters.Select(parameter => parameter.Name);

        Assert.That(names.Where(name => !IdSchemas.Knows(name)), Is.Empty, $"say in {nameof(IdSchemas)} what they are");
    }

    /// <summary>
    /// Azure's host tries routes in the order of the functions' names, whatever they look like; ASP.NET Core, and so the local
    /// host, prefers the more exact one. Only where no address fits two of them both do the same.
    /// </summary>
    [Test]
    public void Routes_OfOneMethod_DoNotOverlap()
    {
        var overlaps =
            from one in Documented
            from other in Documented
            where one != other && one.Methods.Intersect(other.Methods).Any() && Fits(one, other)
            select $"{one.Function} ({one.Route}) takes addresses of {other.Function} ({other.Route})";

        Assert.That(overlaps, Is.Empty);
    }

    [Test]
    public void CatchAll_OfTheApi_IsTheLastFunctionByItsName()
    {
        var catchAll = Catalog.Operations.Where(operation => operation.Pattern.Parameters.Any(parameter => parameter.IsCatchAll)).Select(operation => operation.Function);

        var last = App.AllFunctions.Select(function => function.Name).Order(StringComparer.OrdinalIgnoreCase).Last();

        Assert.That(catchAll, Is.EqualTo(new[] { last }));
    }

    /// <summary>Whether a route takes the other's own text, its parameters standing for some value.</summary>
    private static bool Fits(ApiOperation route, ApiOperation other) =>
        new TemplateMatcher(new RouteTemplate(route.Pattern), []).TryMatch(other.Path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), []);
}
