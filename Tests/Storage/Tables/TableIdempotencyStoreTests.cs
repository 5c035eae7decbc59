using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Tables;

public sealed class TableIdempotencyStoreTests
{
    private static readonly KeptAnswer Done = new(201, "/api/things/1", "application/json", "{}");

    private ManualTimeProvider _clock = null!;
    private ServiceProvider _storage = null!;
    private TableIdempotencyStore _store = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        // Days of its own: dropping the old ones must not take another test's.
        _clock = new ManualTimeProvider(new DateTimeOffset(2031, 5, 10, 12, 0, 0, TimeSpan.Zero));
        _storage = await TestStorage.CreateAsync(_clock);
        _store = _storage.GetRequiredService<TableIdempotencyStore>();
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDown() => await _storage.DisposeAsync();

    [Test]
    public async Task Claim_Answered_IsTheAnswer()
    {
        await _store.CompleteAsync(await ClaimAsync(), Done, default);

        var again = await ClaimAsync();

        Assert.That((again.State, again.Answer), Is.EqualTo((IdempotencyState.Answered, Done)));
    }

    [Test]
    public async Task Claim_ManyAtOnce_OneIsNew()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ClaimAsync())));

        Assert.That(claims.Count(claim => claim.State == IdempotencyState.New), Is.EqualTo(1));
        Assert.That(claims.Count(claim => claim.State == IdempotencyState.UnderWay), Is.EqualTo(9));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Claim_OtherRequestUnderTheKey_IsToldSo(bool isAnswered)
    {
        var claim = await ClaimAsync();
        if (isAnswered)
        {
            await _store.CompleteAsync(claim, Done, default);
        }

        Assert.That((await ClaimAsync(hash: "other")).State, Is.EqualTo(IdempotencyState.OtherRequest));
    }

    [Test]
    public async Task Claim_KeyOfAnotherTenantOrTheOperator_IsAnotherKey()
    {
        await _store.CompleteAsync(await ClaimAsync(), Done, default);
        var key = $"key of {_tenant}";

        var other = await _store.ClaimAsync(TestStorage.NewTenant(), key, "other", default);
        var operators = await _store.ClaimAsync(null, key, "other", default);

        Assert.That((other.State, operators.State), Is.EqualTo((IdempotencyState.New, IdempotencyState.New)));
    }

    [Test]
    public async Task Claim_WorkerDied_IsLetInAfterAWhileOnce()
    {
        await ClaimAsync();
        _clock.Advance(TableIdempotencyStore.Patience);
        var early = await ClaimAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var late = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => ClaimAsync())));

        Assert.That(early.State, Is.EqualTo(IdempotencyState.UnderWay));
        Assert.That(late.Count(claim => claim.State == IdempotencyState.New), Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Complete_ClaimWasTakenOver_LeavesTheOtherOnesAlone(bool isDone)
    {
        var slow = await ClaimAsync();
        _clock.Advance(TableIdempotencyStore.Patience + TimeSpan.FromSeconds(1));
        var second = await ClaimAsync();

        await (isDone ? _store.CompleteAsync(slow, Done with { Body = "late" }, default) : _store.ForgetAsync(slow, default));
        var meanwhile = await ClaimAsync();
        await _store.CompleteAsync(second, Done, default);

        Assert.That((second.State, meanwhile.State, (await ClaimAsync()).Answer), Is.EqualTo((IdempotencyState.New, IdempotencyState.UnderWay, Done)));
    }

    [Test]
    public async Task Forget_Claim_LetsTheSameAndOthersIn()
    {
        await _store.ForgetAsync(await ClaimAsync(), default);

        Assert.That((await ClaimAsync(hash: "other")).State, Is.EqualTo(IdempotencyState.New));
    }

    [Test]
    public async Task Claim_DayChanges_HoldsForADayAndNoMoreThanTwo()
    {
        await _store.CompleteAsync(await ClaimAsync(), Done, default);
        _clock.Advance(TimeSpan.FromDays(1));
        var next = (await ClaimAsync()).State;
        var other = (await ClaimAsync(hash: "other")).State;
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.That((next, other, (await ClaimAsync()).State), Is.EqualTo((IdempotencyState.Answered, IdempotencyState.OtherRequest, IdempotencyState.New)));
    }

    [Test]
    public async Task Claim_WorkerDiedBeforeMidnight_IsLetInOnceTheNextDay()
    {
        await ClaimAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await ClaimAsync();
        await _store.CompleteAsync(second, Done, default);

        Assert.That((second.State, (await ClaimAsync()).State), Is.EqualTo((IdempotencyState.New, IdempotencyState.Answered)));
    }

    /// <summary>In a column a quote takes two characters, and a column takes 32 000 of them.</summary>
    [Test]
    public async Task Complete_AnswerGrowsInItsColumn_IsKeptWithoutBody()
    {
        var answer = Done with { Body = new string('"', 29_000) };

        await _store.CompleteAsync(await ClaimAsync(), answer, default);

        Assert.That((await ClaimAsync()).Answer, Is.EqualTo(answer with { Body = null }));
    }

    /// <summary>On an emulator of its own: others' tables are old at this clock.</summary>
    [Test]
    public async Task DropOld_Tables_YesterdaysStays()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var storage = TestStorage.Create(azurite.ConnectionString, _clock);
        var store = storage.GetRequiredService<TableIdempotencyStore>();
        await store.ClaimAsync(_tenant, "first", "hash", default);
        await storage.GetRequiredService<TableProvider>().GetAsync(TableNames.Runs);
        _clock.Advance(TimeSpan.FromDays(2));
        await store.ClaimAsync(_tenant, "second", "hash", default);

        await store.DropOldAsync(default);

        var names = new List<string>();
        await foreach (var table in storage.GetRequiredService<TableServiceClient>().QueryAsync((string?)null))
        {
            names.Add(table.Name);
        }

        Assert.That(names, Is.EquivalentTo(new[] { "idempotency20310511", "idempotency20310512", TableNames.Runs }));
    }

    private Task<IdempotencyClaim> ClaimAsync(string hash = "hash", string? key = null) => _store.ClaimAsync(_tenant, key ?? $"key of {_tenant}", hash, default);
}
