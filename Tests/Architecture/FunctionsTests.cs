using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

/// <summary>A function is where its kind's folder is, and is named after its class.</summary>
public sealed class FunctionsTests
{
    private static readonly IReadOnlyList<(string Folder, string Suffix, Type Trigger)> Kinds =
    [
        ("Orchestrators", "Orchestrator", typeof(OrchestrationTriggerAttribute)),
        ("Activities", "Activity", typeof(ActivityTriggerAttribute)),
        ("Functions/Timers", "Timer", typeof(TimerTriggerAttribute)),
        ("Functions/Http", "Endpoint", typeof(HttpTriggerAttribute)),
    ];

    private static IEnumerable<FunctionMethod> Functions => App.AllFunctions;

    [Test]
    public void App_Functions_AreFound() => Assert.That(App.AllFunctions, Has.Count.GreaterThan(10));

    [TestCaseSource(nameof(Functions))]
    public void Function_Name_IsTheNameOfItsClass(object function)
    {
        var (name, type, _) = (FunctionMethod)function;

        Assert.That(name, Is.EqualTo(type.Name));
        Assert.That(type.IsSealed && type.IsPublic, Is.True, "public and sealed");
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_Class_HasTheSuffixAndTheFolderOfItsTrigger(object function)
    {
        var (_, type, method) = (FunctionMethod)function;
        var trigger = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).Select(attribute => attribute.GetType());
        var (folder, suffix, _) = Kinds.Single(kind => trigger.Contains(kind.Trigger));

        var file = $"{type.Namespace!["Marketline.".Length..].Replace('.', '/')}/{type.Name}.cs";

        Assert.That(type.Name, Does.EndWith(suffix));
        Assert.That(file, Does.StartWith($"{folder}/"));
        Assert.That(Path.Combine(RepositoryPaths.Root, file), Does.Exist);
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_NameAndRoute_DoNotBeginWithAdmin(object function)
    {
        var (name, _, method) = (FunctionMethod)function;
        var routes = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Route).OfType<string>();

        Assert.That(routes.Append(name), Has.None.StartsWith("admin").IgnoreCase, "the host keeps these to itself");
        Assert.That(routes, Has.All.StartsWith("api/"));
    }

    [Test]
    public void Routes_OfAllEndpoints_AreDifferent()
    {
        var routes = App.AllFunctions
            .SelectMany(function => function.Method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .SelectMany(trigger => trigger.Methods!.Select(method => $"{method} {trigger.Route}"));

        Assert.That(routes, Is.Unique);
    }
}
