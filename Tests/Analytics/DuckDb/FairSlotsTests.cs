using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Query;

namespace Marketline.Tests.Analytics.DuckDb;

public sealed class FairSlotsTests
{
    [Test]
    public async Task Return_ManyOfOneWaitBeforeOneOfAnother_TheOtherIsNextButOne()
    {
        var slots = new FairSlots(1, 1);
        await slots.TakeAsync("big", default);
        var big = Enumerable.Range(0, 50).Select(_ => slots.TakeAsync("big", default)).ToList();
        var small = slots.TakeAsync("small", default);

        slots.Return("big");
        await big[0];
        Assert.That(small.IsCompleted, Is.False);
        slots.Return("big");

        await small;
        Assert.That(big.Count(task => task.IsCompleted), Is.EqualTo(1));
    }

    [Test]
    public async Task TakeAsync_OwnerHasItsShare_WaitsThoughOneIsFree()
    {
        var slots = new FairSlots(3, 2);
        await slots.TakeAsync("a", default);
        await slots.TakeAsync("a", default);

        var third = slots.TakeAsync("a", default);
        Assert.That(third.IsCompleted, Is.False);
        await slots.TakeAsync("b", default);
        slots.Return("b");
        Assert.That(third.IsCompleted, Is.False);
        slots.Return("a");

        await third;
    }

    [Test]
    public async Task Return_TheFirstInTurnGaveUp_WakesTheNext()
    {
        var slots = new FairSlots(1, 1);
        await slots.TakeAsync("a", default);
        using var end = new CancellationTokenSource();
        var first = slots.TakeAsync("b", end.Token);
        var second = slots.TakeAsync("c", default);
        await end.CancelAsync();

        slots.Return("a");

        await second;
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        slots.Return("c");
        await slots.TakeAsync("d", default);
    }

    [Test]
    public async Task TakeAsync_TooManyWait_IsRefusedForThatOwnerOnly()
    {
        var slots = new FairSlots(1, 1);
        await slots.TakeAsync("a", default);
        var waiting = Enumerable.Range(0, 100).Select(_ => slots.TakeAsync("a", default)).ToList();

        Assert.That(() => slots.TakeAsync("a", default), Throws.TypeOf<QueryBusyException>());
        Assert.That(slots.TakeAsync("b", default).IsFaulted, Is.False);
        Assert.That(waiting.Count(task => task.IsCompleted), Is.Zero);
    }
}
