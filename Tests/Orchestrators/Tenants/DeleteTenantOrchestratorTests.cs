using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Orchestrators.Tenants;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Orchestrators.Tenants;

public sealed class DeleteTenantOrchestratorTests : OrchestratorTest
{
    private static readonly TenantId Tenant = TestRun.Ref.TenantId;
    private static readonly string Id = InstanceIds.Deletion(Tenant);

    [Test]
    public async Task RunAsync_Start_TouchesNothingUntilAllWorkersKnow()
    {
        await StartAsync();
        await Host.AdvanceAsync(TimeSpan.FromSeconds(29));
        var before = Host.StepsOf(Id);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.That(before, Is.Empty);
        Assert.That(Host.StepsOf(Id), Is.EqualTo(new[] { "StopTenant asked", "RemoveTenant last" }));
    }

    [Test]
    public async Task RunAsync_RunsEndWhenAsked_AreNotTerminatedAndTheDataGoOnce()
    {
        Fakes.RunningCount = (3, 0);
        await StartAsync();

        await Host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.That(
            Host.StepsOf(Id),
            Is.EqualTo(new[] { "StopTenant asked", "StopTenant asked", "StopTenant asked", "StopTenant asked", "RemoveTenant last" })
        );
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_RunsDoNotEnd_AreTerminatedAndTheDataGoOnceMoreWhenNothingCanWriteAnyLonger()
    {
        Fakes.RunningCount = (int.MaxValue, 1);
        await StartAsync();
        await Host.AdvanceAsync(TimeSpan.FromMinutes(11), TimeSpan.FromSeconds(5));
        var terminated = Host.StepsOf(Id).Where(step => step != "StopTenant asked").ToList();

        await Host.AdvanceAsync(TimeSpan.FromMinutes(16), TimeSpan.FromSeconds(5));

        Assert.That(terminated, Is.EqualTo(new[] { "StopTenant forced", "StopTenant forced", "RemoveTenant first" }));
        Assert.That(Host.StepsOf(Id)[^1], Is.EqualTo("RemoveTenant last"));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_StorageIsBusy_GoesOnUntilTheRowIsGone()
    {
        Host.Fail("RemoveTenant", Throttled, times: 3);
        await StartAsync();

        await Host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.That(Host.StepsOf(Id).Count(step => step == "RemoveTenant last"), Is.EqualTo(4));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    private Task StartAsync() => Host.StartAsync(nameof(DeleteTenantOrchestrator), Id, new DeleteTenantInput(Tenant));

    private async Task<OrchestrationRuntimeStatus?> StatusAsync() => (await Host.FindAsync(Id))?.RuntimeStatus;
}
