using Marketline.Core.Naming;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Tables;

public sealed class TableCounterStoreTests
{
    private ServiceProvider _one = null!;
    private ServiceProvider _two = null!;

    [SetUp]
    public async Task SetUp() => (_one, _two) = (await TestStorage.CreateAsync(), await TestStorage.CreateAsync());

    [TearDown]
    public async Task TearDown()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [TestCase(1, 10)]
    [TestCase(7, 30)]
    [TestCase(50, 30)]
    public async Task Take_ManyWorkersAtOnce_TogetherNeverMoreThanTheBound(long amount, long limit)
    {
        var tenant = TestStorage.NewTenant();
        TableCounterStore[] workers = [Counters(_one), Counters(_two)];

        var takes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => workers[i % 2].TakeAsync(tenant, "pages", "20261121", amount, limit, default)))
        );

        Assert.That(takes.Sum(take => take.Taken), Is.EqualTo(Math.Min(limit, 20 * amount)));
        Assert.That(takes.Select(take => take.Taken), Is.All.InRange(0, amount));
        Assert.That(takes.Select(take => take.Left), Is.All.InRange(0, limit));
        Assert.That(await Counters(_one).ReadAsync(tenant, "pages", "20261121", default), Is.EqualTo(Math.Min(limit, 20 * amount)));
    }

    [Test]
    public async Task DropOld_Windows_GoAndStatesStay()
    {
        var tenant = TestStorage.NewTenant();
        await Counters(_one).TakeAsync(tenant, CounterNames.Pages, "20261121", 5, 10, default);
        await Counters(_one).SetAsync(tenant, CounterNames.StoredBytes, CounterNames.Now, 7, default);

        await Counters(_one).DropOldAsync(DateTimeOffset.UtcNow.AddDays(-1), default);
        var young = await Counters(_one).ReadAsync(tenant, CounterNames.Pages, "20261121", default);
        await Counters(_one).DropOldAsync(DateTimeOffset.UtcNow.AddDays(1), default);

        Assert.That(young, Is.EqualTo(5));
        Assert.That(await Counters(_one).ReadAsync(tenant, CounterNames.Pages, "20261121", default), Is.Zero);
        Assert.That(await Counters(_one).ReadAsync(tenant, CounterNames.StoredBytes, CounterNames.Now, default), Is.EqualTo(7));
    }

    [Test]
    public async Task Take_BoundWasLowered_NothingMore()
    {
        var tenant = TestStorage.NewTenant();
        await Counters(_one).TakeAsync(tenant, "pages", "20261121", 10, 10, default);

        Assert.That(await Counters(_one).TakeAsync(tenant, "pages", "20261121", 1, 5, default), Is.EqualTo(new CounterTake(0, 0)));
    }

    [Test]
    public async Task Take_AnotherTenantCounterOrWindow_IsCountedByItself()
    {
        var (tenant, other) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        var counters = Counters(_one);
        await counters.TakeAsync(tenant, "pages", "20261121", 10, 10, default);

        Assert.That((await counters.TakeAsync(other, "pages", "20261121", 10, 10, default)).Taken, Is.EqualTo(10));
        Assert.That((await counters.TakeAsync(tenant, "requests", "20261121", 10, 10, default)).Taken, Is.EqualTo(10));
        Assert.That((await counters.TakeAsync(tenant, "pages", "20261122", 10, 10, default)).Taken, Is.EqualTo(10));
        Assert.That((await counters.TakeAsync(tenant, "pages", "20261121", 10, 10, default)).Taken, Is.Zero);
    }

    private static TableCounterStore Counters(ServiceProvider storage) => storage.GetRequiredService<TableCounterStore>();
}
