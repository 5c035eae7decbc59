using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Scheduling;
using Marketline.LocalHost.Engine.Store;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class StoreThreadTests
{
    [Test]
    public async Task WriteAsync_OneOfAGroupFails_OnlyThatOneIsTakenBack()
    {
        var published = new List<long>();
        var counter = new WorkCounter();
        using var store = new StoreThread(new StoreSession(null), effects => published.AddRange(effects.RemovedKeys), counter);

        // All queue up before the thread starts, so that they make one group.
        var good = Enumerable.Range(1, 3).Select(key => store.WriteAsync((session, effects) => Add(session, effects, key))).ToList();
        var bad = store.WriteAsync((session, effects) =>
        {
            Add(session, effects, 99);
            return Add(session, effects, 1, seqOf: 1);
        });
        var alsoGood = store.WriteAsync((session, effects) => Add(session, effects, 4));
        store.Start();
        await Task.WhenAll(good);
        await alsoGood;
        await counter.WaitUntilZeroAsync();
        var stored = await store.ReadAsync(session => session.Inbox.All().ConvertAll(message => message.Instance));

        Assert.That(async () => await bad, Throws.InstanceOf<IOException>());
        Assert.That(stored, Is.EqualTo(new long[] { 1, 2, 3, 4 }));
        Assert.That(published, Is.EqualTo(new long[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task WriteAsync_Refusal_IsTheCallersAndHarmsNobody()
    {
        var counter = new WorkCounter();
        using var store = new StoreThread(new StoreSession(null), _ => { }, counter);

        var refused = store.WriteAsync<int>((_, _) => throw new InvalidOperationException("no"));
        var good = store.WriteAsync((session, effects) => Add(session, effects, 1));
        store.Start();
        await good;

        Assert.That(async () => await refused, Throws.InvalidOperationException);
        Assert.That(await store.ReadAsync(session => session.Inbox.All()), Has.Count.EqualTo(1));
    }

    [Test]
    public void WriteAsync_AfterDispose_Throws()
    {
        var store = new StoreThread(new StoreSession(null), _ => { }, new WorkCounter());
        store.Start();
        store.Dispose();

        Assert.That(async () => await store.ReadAsync(session => session.Inbox.All()), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static int Add(StoreSession session, StoreEffects effects, long key, long? seqOf = null)
    {
        if (seqOf is not null)
        {
            // The same primary key twice.
            session.Timers.AddStart(key, DateTime.UnixEpoch, Start);
            session.Timers.AddStart(key, DateTime.UnixEpoch, Start);
        }

        session.Inbox.Add(key, 0, Start);
        effects.RemovedKeys.Add(key);
        return 0;
    }

    private static ExecutionStarted Start => new("id", "Name", "", null, 0, null, null, null);
}
