using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class StoredBytesMeterTests
{
    /// <summary>Shortly after a month's beginning: what began in the month before counts as well.</summary>
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 0, 30, 0, TimeSpan.Zero);

    private ManualTimeProvider _time = null!;
    private ServiceProvider _storage = null!;
    private StoredBytesMeter _meter = null!;
    private TableRunStore _runs = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUpAsync()
    {
        _time = new ManualTimeProvider(Start);
        _storage = await TestStorage.CreateAsync(_time);
        _meter = _storage.GetRequiredService<StoredBytesMeter>();
        _runs = _storage.GetRequiredService<TableRunStore>();
        _tenant = TestStorage.NewTenant();
        await WriteAsync("raw/shop/a.warc.gz", 100);
        await WriteAsync("raw/shop/b.warc.gz", 50);
        await WriteAsync("gold/latest_offers/part-0000.parquet", 7);
    }

    [TearDown]
    public async Task TearDownAsync() => await _storage.DisposeAsync();

    [Test]
    public async Task MeasureAsync_Blobs_AreSummedByZone()
    {
        var stored = await _meter.MeasureAsync(_tenant, default);

        Assert.That(stored.Zones, Is.EqualTo(new[] { new ZoneBytes("gold", 1, 7), new ZoneBytes("raw", 2, 150) }));
        Assert.That(stored.MeasuredUtc, Is.EqualTo(Start));
        Assert.That(await CounterAsync(), Is.EqualTo(157));
    }

    [Test]
    public async Task MeasureAsync_Less_ReplacesTheLast()
    {
        await _meter.MeasureAsync(_tenant, default);
        await _storage.GetRequiredService<BlobArtifactStore>().DeleteIfExistsAsync(_tenant, "raw/shop/a.warc.gz", default);

        await _meter.MeasureAsync(_tenant, default);

        Assert.That(await CounterAsync(), Is.EqualTo(57));
    }

    [Test]
    public async Task MeasureIfChangedAsync_NothingHasRun_MeasuresOnceADay()
    {
        var hours = new[] { 0, 1, 23, 25 };
        var measured = new List<bool>();
        foreach (var hour in hours)
        {
            _time.Advance(Start.AddHours(hour) - _time.GetUtcNow());
            measured.Add(await _meter.MeasureIfChangedAsync(_tenant, default));
        }

        Assert.That(measured, Is.EqualTo(new[] { true, false, false, true }));
    }

    [TestCase(-60, null, true, TestName = "MeasureIfChangedAsync_RunGoesOn_Measures")]
    [TestCase(-60, 30, true, TestName = "MeasureIfChangedAsync_RunHasEndedSince_Measures")]
    [TestCase(-60, -10, false, TestName = "MeasureIfChangedAsync_RunHadEndedBefore_DoesNot")]
    [TestCase(10, 40, true, TestName = "MeasureIfChangedAsync_RunBeganSince_Measures")]
    [TestCase(-60 * 24 * 3, null, false, TestName = "MeasureIfChangedAsync_RunOfLongAgoNeverEnded_DoesNot")]
    public async Task MeasureIfChangedAsync_Run_Decides(int startMinute, int? endMinute, bool expected)
    {
        await AddRunAsync(startMinute, endMinute);
        await _meter.MeasureAsync(_tenant, default);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That(await _meter.MeasureIfChangedAsync(_tenant, default), Is.EqualTo(expected));
    }

    [Test]
    public async Task ReadAsync_Usage_HasWhatWasMeasuredAndCounted()
    {
        var tenant = new Tenant { TenantId = _tenant, DisplayName = "T", CreatedUtc = Start, Limits = new TenantLimits { MaxPagesPerDay = 9 } };
        await _storage.GetRequiredService<TableTenantStore>().TryAddAsync(tenant, default);
        var counters = _storage.GetRequiredService<TableCounterStore>();
        await counters.TakeAsync(_tenant, CounterNames.Pages, CounterNames.Day(Start), 5, 9, default);
        await counters.TakeAsync(_tenant, CounterNames.Pages, CounterNames.Day(Start.AddDays(-1)), 3, 9, default);
        await counters.TakeAsync(_tenant, CounterNames.Requests, CounterNames.Minute(Start), 2, 9, default);
        var reader = _storage.GetRequiredService<TenantUsageReader>();
        var before = await reader.ReadAsync(_tenant, default);
        await _meter.MeasureAsync(_tenant, default);

        var usage = await reader.ReadAsync(_tenant, default);

        Assert.That(before?.Stored, Is.Null);
        Assert.That(usage?.Stored?.TotalBytes, Is.EqualTo(157));
        Assert.That((usage?.PagesToday, usage?.RequestsThisMinute, usage?.Limits.MaxPagesPerDay), Is.EqualTo((5L, 2L, 9L)));
        Assert.That(await reader.ReadAsync(TestStorage.NewTenant(), default), Is.Null);
    }

    private async Task AddRunAsync(int startMinute, int? endMinute) =>
        await _runs.TryAddAsync(
            new RunRecord
            {
                Run = new RunRef
                {
                    RunId = new RunId(_tenant, PlanId.Parse("plan"), Start.AddMinutes(startMinute)),
                    Platform = "generic-shop",
                    Kind = CrawlKind.Products,
                },
                Status = endMinute is null ? RunStatus.Running : RunStatus.Completed,
                FinishedUtc = endMinute is { } minute ? Start.AddMinutes(minute) : null,
            },
            default
        );

    private async Task<long> CounterAsync() =>
        await _storage.GetRequiredService<TableCounterStore>().ReadAsync(_tenant, "stored-bytes", "now", default);

    private async Task WriteAsync(string name, int size)
    {
        using var content = new MemoryStream(new byte[size]);
        await _storage.GetRequiredService<BlobArtifactStore>().WriteAsync(_tenant, name, content, default);
    }
}
