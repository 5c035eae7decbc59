using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Packages.Worker.Durable;

public sealed class DurableRulesTests
{
    [TestCase(typeof(WrongContext), "TaskOrchestrationContext")]
    [TestCase(typeof(ClientInOrchestrator), "no other binding")]
    [TestCase(typeof(AbstractInput), "would always be null in Azure")]
    [TestCase(typeof(NullableInput), "would always be null in Azure")]
    [TestCase(typeof(SecondInput), "nothing fills the parameter 'second'")]
    [TestCase(typeof(WrongClient), "DurableTaskClient")]
    [TestCase(typeof(ActivityWithService), "nothing fills the parameter 'notes'")]
    [TestCase(typeof(SameDurableName), "is taken by function")]
    public void StartAsync_RuleBroken_FailsNamingTheFunction(Type functions, string problem)
    {
        Assert.That(
            async () => await FunctionsTestHost.StartAsync(functions),
            Throws.InstanceOf<HostStartException>().With.Message.StartsWith("Function '").And.Message.Contains(problem));
    }

    public sealed class WrongContext
    {
        [Function("F")]
        public void Run([OrchestrationTrigger] FunctionContext context) => _ = context;
    }

    public sealed class ClientInOrchestrator
    {
        [Function("F")]
        public void Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => _ = client;
    }

    public sealed class AbstractInput
    {
        [Function("F")]
        public void Run([OrchestrationTrigger] TaskOrchestrationContext context, IReadOnlyList<int> input) => _ = input;
    }

    public sealed class NullableInput
    {
        [Function("F")]
        public void Run([OrchestrationTrigger] TaskOrchestrationContext context, int? input) => _ = input;
    }

    public sealed class SecondInput
    {
        [Function("F")]
        public void Run([OrchestrationTrigger] TaskOrchestrationContext context, string first, string second) => _ = first + second;
    }

    public sealed class WrongClient
    {
        [Function("F")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] object client) => _ = client;
    }

    public sealed class ActivityWithService
    {
        [Function("F")]
        public void Run([ActivityTrigger] string input, Notes notes) => _ = notes;
    }

    public sealed class SameDurableName
    {
        [Function("First")]
        public void First([ActivityTrigger(Activity = "Shared")] string input) => _ = input;

        [Function("Second")]
        public void Second([ActivityTrigger(Activity = "shared")] string input) => _ = input;
    }
}
