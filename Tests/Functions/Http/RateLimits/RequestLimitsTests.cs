using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.RateLimits;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Http.RateLimits;

public sealed class RequestLimitsTests
{
    private ManualTimeProvider _clock = null!;
    private ServiceProvider _one = null!;
    private ServiceProvider _two = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 0, 10, TimeSpan.Zero));
        _one = await TestStorage.CreateAsync(_clock);
        _two = await TestStorage.CreateAsync(_clock);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(60)]
    public async Task Take_TwoWorkersAskForMore_TheyGetTheLimitTogether(int limit)
    {
        var tenant = await AddTenantAsync(limit);
        RequestLimits[] workers = [Limits(_one), Limits(_two)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 4 * limit).Select(i => Task.Run(() => TakeAsync(workers[i % 2], tenant))));

        Assert.That(answers.Count(answer => answer.IsAllowed), Is.EqualTo(limit));
        Assert.That(answers, Is.All.Matches<RequestAllowance>(answer => answer.Limit == limit && answer.Left >= 0 && answer.ResetSeconds == 50));
    }

    [Test]
    public async Task Take_NextMinute_StartsAnew()
    {
        var tenant = await AddTenantAsync(2);
        var limits = Limits(_one);
        var first = await TakeAllAsync(limits, tenant, 3);
        _clock.Advance(TimeSpan.FromSeconds(50));

        var second = await TakeAllAsync(limits, tenant, 3);

        Assert.That((first, second), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Take_OneTenantHasNoneLeft_AnotherDoesNotNotice()
    {
        var (loud, quiet) = (await AddTenantAsync(3), await AddTenantAsync(3));
        var limits = Limits(_one);

        var taken = (await TakeAllAsync(limits, loud, 50), await TakeAllAsync(limits, quiet, 3));

        Assert.That(taken, Is.EqualTo((3, 3)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public async Task Take_NoRequestsAreAllowed_None(int limit)
    {
        var tenant = await AddTenantAsync(limit);

        Assert.That(await TakeAllAsync(Limits(_one), tenant, 3), Is.Zero);
    }

    [Test]
    public async Task Take_NothingIsLeft_TablesAreNotAskedAgain()
    {
        var tenant = await AddTenantAsync(1);
        var limits = Limits(_one);
        await TakeAllAsync(limits, tenant, 2);
        await _one.GetRequiredService<TableServiceClient>().GetTableClient(TableNames.Counters).DeleteEntityAsync(tenant.Value, TableKeys.Counter("requests", Window()));

        Assert.That(await TakeAllAsync(limits, tenant, 5), Is.Zero, "it would find a new counter");
    }

    [Test]
    public async Task Take_TablesAreAway_NobodyIsRefused()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var tenant = await AddTenantAsync(2);
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var counters = new TableCounterStore(new TableProvider(new TableServiceClient(azurite.ConnectionString, options)));
        var limits = new RequestLimits(counters, _one.GetRequiredService<TenantDirectory>(), _clock, NullLogger<RequestLimits>.Instance);
        azurite.StopTables();

        Assert.That(await TakeAllAsync(limits, tenant, 10), Is.EqualTo(10));
    }

    private string Window() => $"{_clock.GetUtcNow().ToUnixTimeSeconds() / RequestLimits.WindowSeconds}";

    private async Task<TenantId> AddTenantAsync(int limit)
    {
        var tenant = new Tenant
        {
            TenantId = TestStorage.NewTenant(),
            DisplayName = "One",
            CreatedUtc = _clock.GetUtcNow(),
            Limits = new TenantLimits { MaxRequestsPerMinute = limit },
        };
        await _one.GetRequiredService<TableTenantStore>().TryAddAsync(tenant, default);
        return tenant.TenantId;
    }

    private RequestLimits Limits(ServiceProvider storage) =>
        new(storage.GetRequiredService<TableCounterStore>(), storage.GetRequiredService<TenantDirectory>(), _clock, NullLogger<RequestLimits>.Instance);

    private static Task<RequestAllowance> TakeAsync(RequestLimits limits, TenantId tenant) => limits.TakeAsync(tenant, default).AsTask();

    private static async Task<int> TakeAllAsync(RequestLimits limits, TenantId tenant, int count)
    {
        var taken = 0;
        for (var i = 0; i < count; i++)
        {
            taken += (await TakeAsync(limits, tenant)).IsAllowed ? 1 : 0;
        }

        return taken;
    }
}
