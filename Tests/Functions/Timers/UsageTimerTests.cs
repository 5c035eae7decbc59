using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Timers;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Timers;

public sealed class UsageTimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 0, 30, TimeSpan.Zero);

    private ManualTimeProvider _time = null!;
    private ServiceProvider _storage = null!;
    private TableUsageStore _usage = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _time = new ManualTimeProvider(Start);
        _storage = await TestStorage.CreateAsync(_time);
        _usage = _storage.GetRequiredService<TableUsageStore>();
    }

    [TearDown]
    public async Task TearDownAsync() => await _storage.DisposeAsync();

    [Test]
    public async Task RunAsync_AnHourOfTicks_MeasuresEachTenantOnce()
    {
        var tenants = await AddAsync(20, TenantStatus.Active);
        var counts = new List<int>();
        for (var tick = 0; tick < UsageTimer.PartCount; tick++)
        {
            await TickAsync();
            counts.Add(await MeasuredAsync(tenants));
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.That(counts[^1], Is.EqualTo(20));
        Assert.That(counts[0], Is.EqualTo(tenants.Count(tenant => UsageTimer.PartOf(tenant) == 0)));
        Assert.That(tenants.Select(UsageTimer.PartOf).Distinct().Count(), Is.GreaterThan(4), "spread over the hour");
    }

    [Test]
    public async Task RunAsync_TenantIsBeingDeleted_LeavesItAlone()
    {
        var tenant = (await AddAsync(1, TenantStatus.Deleting)).Single();
        _time.Advance(TimeSpan.FromMinutes(5 * UsageTimer.PartOf(tenant)));

        await TickAsync();

        Assert.That(await _usage.FindAsync(tenant, default), Is.Null);
    }

    private async Task<List<TenantId>> AddAsync(int count, TenantStatus status)
    {
        var tenants = Enumerable.Range(0, count).Select(_ => TestStorage.NewTenant()).ToList();
        foreach (var id in tenants)
        {
            var tenant = new Tenant { TenantId = id, DisplayName = "T", CreatedUtc = Start, Status = status };
            await _storage.GetRequiredService<TableTenantStore>().TryAddAsync(tenant, default);
        }

        return tenants;
    }

    private async Task<int> MeasuredAsync(List<TenantId> tenants)
    {
        var count = 0;
        foreach (var tenant in tenants)
        {
            count += await _usage.FindAsync(tenant, default) is null ? 0 : 1;
        }

        return count;
    }

    private Task TickAsync() =>
        new UsageTimer(
            _storage.GetRequiredService<TableTenantStore>(),
            _storage.GetRequiredService<StoredBytesMeter>(),
            _time,
            NullLogger<UsageTimer>.Instance
        ).RunAsync(new TimerInfo(), CancellationToken.None);
}
