using Marketline.Core.Alerts;
using Marketline.Core.Naming;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Tables;

public sealed class TableAlertStoreTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private ServiceProvider _storage = null!;
    private TableAlertStore _alerts = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _alerts = _storage.GetRequiredService<TableAlertStore>();
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDown() => await _storage.DisposeAsync();

    [Test]
    public async Task RaiseAsync_Again_IsTheSameAlert()
    {
        var first = await _alerts.RaiseAsync(NewAlert(0), default);
        var second = await _alerts.RaiseAsync(NewAlert(0) with { RaisedUtc = At.AddMinutes(1) }, default);

        Assert.That((first, second), Is.EqualTo((true, false)));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { NewAlert(0) }));
    }

    [Test]
    public async Task ListAsync_OpenAndResolved_OpenFirstAndTheNewestFirst()
    {
        foreach (var hour in new[] { 0, 1, 2, 3 })
        {
            await _alerts.RaiseAsync(NewAlert(hour), default);
        }

        await _alerts.ResolveAsync(NewAlert(3).RunId, AlertKind.Stuck, At.AddHours(8), default);
        await _alerts.ResolveAsync(NewAlert(1).RunId, AlertKind.Stuck, At.AddHours(9), default);

        var hours = (await ListAsync()).Select(alert => (alert.RunId.ScheduledUtc - At).TotalHours);
        Assert.That(hours, Is.EqualTo((double[])[2, 0, 1, 3]));
    }

    [Test]
    public async Task ResolveAsync_Twice_IsHarmlessAndItMayComeBack()
    {
        await _alerts.RaiseAsync(NewAlert(0), default);
        await _alerts.ResolveAsync(NewAlert(0).RunId, AlertKind.Stuck, At.AddHours(1), default);
        await _alerts.ResolveAsync(NewAlert(0).RunId, AlertKind.Stuck, At.AddHours(2), default);

        var isRaised = await _alerts.RaiseAsync(NewAlert(0) with { RaisedUtc = At.AddHours(3) }, default);

        Assert.That(isRaised, Is.True);
        Assert.That((await ListAsync()).Select(alert => alert.ResolvedUtc), Is.EqualTo((DateTimeOffset?[])[null, At.AddHours(1)]));
    }

    [Test]
    public async Task ListOpenAsync_SeveralTenants_HasTheOpenOnesOfAll()
    {
        var other = NewAlert(1) with { TenantId = TestStorage.NewTenant() };
        other = other with { RunId = new RunId(other.TenantId, other.PlanId, At.AddHours(1)) };
        await _alerts.RaiseAsync(NewAlert(0), default);
        await _alerts.RaiseAsync(NewAlert(2), default);
        await _alerts.RaiseAsync(other, default);
        await _alerts.ResolveAsync(NewAlert(0).RunId, AlertKind.Stuck, At, default);

        var open = await _alerts.ListOpenAsync("", default).Where(alert => alert.TenantId == _tenant || alert.TenantId == other.TenantId).ToListAsync();

        Assert.That(open, Is.EqualTo(new[] { NewAlert(2), other }));
        Assert.That(await ListAsync(), Has.None.EqualTo(other), "another tenant's");
    }

    [Test]
    public async Task RemoveAllAsync_OpenAndResolved_LeavesNothingOfTheTenant()
    {
        var other = TestStorage.NewTenant();
        var kept = NewAlert(1) with { TenantId = other, RunId = new RunId(other, PlanId.Parse("plan"), At) };
        await _alerts.RaiseAsync(NewAlert(0), default);
        await _alerts.RaiseAsync(NewAlert(1), default);
        await _alerts.RaiseAsync(kept, default);
        await _alerts.ResolveAsync(NewAlert(1).RunId, AlertKind.Stuck, At, default);

        await _alerts.RemoveAllAsync(_tenant, default);

        var open = await _alerts.ListOpenAsync("", default).Where(alert => alert.TenantId == _tenant || alert.TenantId == other).ToListAsync();
        Assert.That(await ListAsync(), Is.Empty);
        Assert.That(open, Is.EqualTo(new[] { kept }));
    }

    private Alert NewAlert(int hour) =>
        new()
        {
            TenantId = _tenant,
            Kind = AlertKind.Stuck,
            RunId = new RunId(_tenant, PlanId.Parse("plan"), At.AddHours(hour)),
            PlanId = PlanId.Parse("plan"),
            SinceUtc = At,
            RaisedUtc = At,
            Message = "Nothing moves.",
        };

    private async Task<Alert[]> ListAsync() => await _alerts.ListAsync(_tenant, "", default).ToArrayAsync();
}
