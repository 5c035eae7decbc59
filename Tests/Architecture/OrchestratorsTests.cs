using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

public sealed class OrchestratorsTests
{
    private static IEnumerable<FunctionMethod> Orchestrators => App.Triggered<OrchestrationTriggerAttribute>();

    [TestCaseSource(nameof(Orchestrators))]
    public void Orchestrator_Tests_StandInTheMirrorFolder(object orchestrator)
    {
        var type = ((FunctionMethod)orchestrator).Class;

        var tests = typeof(OrchestratorsTests).Assembly.GetType($"{type.Namespace!.Replace("Marketline.", "Marketline.Tests.")}.{type.Name}Tests");

        Assert.That(tests, Is.Not.Null);
    }

    [TestCaseSource(nameof(Orchestrators))]
    public void Orchestrator_History_IsStored(object orchestrator)
    {
        var folder = Path.Combine(RepositoryPaths.Root, "Tests", "Fixtures", "Histories");

        Assert.That(Directory.EnumerateFiles(folder, $"{orchestrator}-*.json"), Is.Not.Empty);
    }

    [Test]
    public void RunContracts_Orchestrator_IsTheNameOfOne() =>
        Assert.That(Orchestrators.Select(orchestrator => orchestrator.Name), Does.Contain(Marketline.Core.Runs.RunContracts.Orchestrator));

    [TestCaseSource(nameof(Orchestrators))]
    public void Orchestrator_Class_HasNoState(object orchestrator)
    {
        var type = ((FunctionMethod)orchestrator).Class;

        Assert.That(type.GetConstructors().Single().GetParameters(), Is.Empty, "what it needs comes from its context");
        Assert.That(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), Is.Empty);
    }
}
