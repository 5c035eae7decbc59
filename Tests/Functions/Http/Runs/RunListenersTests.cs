using Marketline.Core.Naming;
using Marketline.Functions.Http.Runs;

namespace Marketline.Tests.Functions.Http.Runs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunListenersTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");

    [Test]
    public void TryEnter_MoreThanATenantMayHave_IsRefusedUntilOneLeaves()
    {
        var listeners = new RunListeners();
        var places = Enumerable.Range(0, RunListeners.MaxPerTenant).Select(_ => listeners.TryEnter(Tenant)).ToList();
        var beyond = listeners.TryEnter(Tenant);

        places[0]!.Dispose();
        places[0]!.Dispose();
        var (next, afterIt) = (listeners.TryEnter(Tenant), listeners.TryEnter(Tenant));

        Assert.That(places, Has.None.Null);
        Assert.That((beyond, next is null, afterIt), Is.EqualTo(((IDisposable?)null, false, (IDisposable?)null)));
    }

    [Test]
    public void TryEnter_AnotherTenant_HasItsOwnPlaces()
    {
        var listeners = new RunListeners();
        for (var i = 0; i < RunListeners.MaxPerTenant; i++)
        {
            listeners.TryEnter(Tenant);
        }

        Assert.That(listeners.TryEnter(TenantId.Parse("other")), Is.Not.Null);
    }
}
