using System.Collections.Concurrent;
using Marketline.Core.Admission;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

/// <summary>Two workers, each with what it remembers of the pools, on one account.</summary>
public sealed class BlobAdmissionStoreTests
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan WaitTime = TimeSpan.FromMinutes(5);

    private ManualTimeProvider _clock = null!;
    private ServiceProvider[] _workers = null!;
    private BlobAdmissionStore[] _stores = null!;
    private AdmissionPool _pool = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider();
        _workers = [await TestStorage.CreateAsync(_clock), await TestStorage.CreateAsync(_clock)];
        _stores = [.. _workers.Select(worker => worker.GetRequiredService<BlobAdmissionStore>())];
        _pool = new AdmissionPool($"test-{Guid.NewGuid():N}", 2, HoldTime, WaitTime);
    }

    [TearDown]
    public async Task TearDown()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Test]
    public async Task Apply_BothWorkersWantTheLastPlace_OneGetsIt()
    {
        await RequestAsync(0, "first");

        var answers = await Task.WhenAll(RequestAsync(0, "one"), RequestAsync(1, "two"));

        Assert.That(answers.Count(answer => answer.Ticket!.IsGranted), Is.EqualTo(1));
        Assert.That(await GrantedAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Apply_SameTicketOnBothWorkers_IsOneTicket()
    {
        var answers = await Task.WhenAll(RequestAsync(0, "same"), RequestAsync(1, "same"));

        Assert.That(answers.Select(answer => answer.Ticket!.IsGranted), Is.All.True);
        Assert.That(answers.Count(answer => answer.IsNew), Is.EqualTo(1));
        Assert.That(await GrantedAsync(), Is.EqualTo(new[] { "same" }));
    }

    [Test]
    public async Task Apply_OtherWorkerReleases_WakesWhoWaitsHere()
    {
        await RequestAsync(0, "one");
        await RequestAsync(0, "two");
        await RequestAsync(0, "three");

        var answer = await ReleaseAsync(1, "one");

        Assert.That(answer.Woken.Select(ticket => ticket.Id), Is.EqualTo(new[] { "three" }));
        Assert.That((await RequestAsync(0, "three")).Ticket!.IsGranted, Is.True, "what this worker remembers is old");
    }

    [Test]
    public async Task Apply_NothingToChangeByWhatIsRemembered_LooksAgain()
    {
        await ReleaseAsync(1, "nobody");
        await RequestAsync(0, "one");

        await ReleaseAsync(1, "one");

        Assert.That(await GrantedAsync(), Is.Empty);
    }

    [Test]
    public async Task Apply_LastTicketGoes_ThePoolIsNotListed()
    {
        await RequestAsync(0, "one");
        var before = await ListedAsync();

        await ReleaseAsync(1, "one");
        var after = await ListedAsync();
        await RequestAsync(0, "two");

        Assert.That((before, after, await ListedAsync()), Is.EqualTo((true, false, true)));
        Assert.That(await GrantedAsync(), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public async Task Apply_HolderDies_ItsPlaceIsFreeWhenItsTimeIsOver()
    {
        await RequestAsync(0, "dead");
        await RequestAsync(0, "alive");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await RequestAsync(0, "alive");
        var before = await RequestAsync(1, "next");

        _clock.Advance(TimeSpan.FromMinutes(5));
        var after = await RequestAsync(1, "next");

        Assert.That((before.Ticket!.IsGranted, after.Ticket!.IsGranted), Is.EqualTo((false, true)));
        Assert.That(await GrantedAsync(), Is.EquivalentTo(new[] { "alive", "next" }));
    }

    [Test]
    public async Task Remove_PoolWithTickets_IsGoneForBoth()
    {
        await RequestAsync(0, "one");
        await _stores[1].RemoveAsync(_pool.Name, CancellationToken.None);

        var answer = await RequestAsync(0, "two");

        Assert.That(answer.Ticket!.IsGranted, Is.True);
        Assert.That(await GrantedAsync(), Is.EqualTo(new[] { "two" }));
    }

    /// <summary>Forty callers on two workers take and give back places as fast as they can; each is woken or asks again.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task Apply_ManyAtOnceOnBothWorkers_NeverMoreThanTheCapacityAndNobodyIsLost(CancellationToken cancellationToken)
    {
        var woken = new ConcurrentDictionary<string, TaskCompletionSource>();
        var (now, most, done) = (0, 0, 0);

        await Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 40, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var id = $"ticket{i}";
            var turn = woken.GetOrAdd(id, _ => new TaskCompletionSource());
            var answer = await RequestAsync(i % 2, id, tenant: i % 5);
            Wake(answer);
            if (!answer.Ticket!.IsGranted)
            {
                await turn.Task.WaitAsync(token);
            }

            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            Wake(await ReleaseAsync(1 - (i % 2), id));
            Interlocked.Increment(ref done);
        });

        Assert.That((done, now), Is.EqualTo((40, 0)));
        Assert.That(most, Is.LessThanOrEqualTo(_pool.Capacity));
        Assert.That(await ListedAsync(), Is.False);
        void Wake(AdmissionAnswer answer)
        {
            foreach (var ticket in answer.Woken)
            {
                woken.GetOrAdd(ticket.Id, _ => new TaskCompletionSource()).SetResult();
            }
        }
    }

    [Test]
    public async Task Apply_ManyAtOnceOnOneWorker_AreWrittenTogether()
    {
        var pool = _pool with { Capacity = 1_000 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => _stores[0].ApplyAsync(pool, Request($"ticket{i}", 0), CancellationToken.None)));

        Assert.That(answers.Select(answer => answer.Ticket!.IsGranted), Is.All.True);
        Assert.That(await GrantedAsync(), Has.Count.EqualTo(1_000));
    }

    private static TicketRequest Request(string id, int tenant) =>
        new(new Ticket { Id = id, TenantId = TenantId.Parse($"tenant{tenant}") }, TenantShare.Unbounded);

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var found && found == seen ? value : found;
        }
    }

    private Task<AdmissionAnswer> RequestAsync(int worker, string id, int tenant = 0) =>
        _stores[worker].ApplyAsync(_pool, Request(id, tenant), CancellationToken.None);

    private Task<AdmissionAnswer> ReleaseAsync(int worker, string id) => _stores[worker].ApplyAsync(_pool, new TicketRelease(id), CancellationToken.None);

    private async Task<List<string>> GrantedAsync()
    {
        var ledger = await _stores[0].ReadAsync(_pool.Name, CancellationToken.None);
        return [.. ledger.Tickets.Where(ticket => ticket.IsGranted).Select(ticket => ticket.Id)];
    }

    private async Task<bool> ListedAsync()
    {
        await foreach (var name in _stores[1].ListAsync("test-", CancellationToken.None))
        {
            if (name == _pool.Name)
            {
                return true;
            }
        }

        return false;
    }
}
