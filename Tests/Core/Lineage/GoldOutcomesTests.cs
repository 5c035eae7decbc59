using Marketline.Core.Lineage;

namespace Marketline.Tests.Core.Lineage;

public sealed class GoldOutcomesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    [Test]
    public void Apply_GoldHasTheObject_TakesItsStateAndBlocks()
    {
        var gold = new GoldOutcome("a", ObjectState.Delivered, "new", At, 1, "gold/latest_offers/part-0000.parquet");

        var applied = GoldOutcomes.Apply([Outcome("a", ObjectState.InTransit)], [gold], leftOverReason: null);

        Assert.That(applied[0].State, Is.EqualTo(ObjectState.Delivered));
        Assert.That(applied[0].Reason, Is.EqualTo("new"));
        Assert.That(applied[0].Blocks.Select(block => block.Step), Is.EqualTo((LineageStep[])[LineageStep.Aggregate, LineageStep.Store]));
        Assert.That(applied[0].Blocks[1].Dataset, Is.EqualTo(gold.Dataset));
    }

    [Test]
    public void Apply_DuplicateInGold_IsNotStored()
    {
        var gold = new GoldOutcome("a", ObjectState.Filtered, "duplicate", At, 1, Dataset: null);

        var applied = GoldOutcomes.Apply([Outcome("a", ObjectState.InTransit)], [gold], leftOverReason: null);

        Assert.That(applied[0].Blocks.Single().State, Is.EqualTo(StepState.Skipped));
    }

    [Test]
    public void Apply_FinishedBefore_StaysAsItIs()
    {
        var gold = new GoldOutcome("a", ObjectState.Delivered, "new", At, 1, "gold/x");
        var duplicate = Outcome("a", ObjectState.Filtered);

        var applied = GoldOutcomes.Apply([duplicate], [gold], "not-aggregated");

        Assert.That(applied[0], Is.SameAs(duplicate));
    }

    [TestCase(null, ObjectState.InTransit, null)]
    [TestCase("not-aggregated", ObjectState.Failed, "not-aggregated")]
    public void Apply_NotInGold_StaysInTransitUntilTheRunEnds(string? leftOverReason, ObjectState state, string? reason)
    {
        var applied = GoldOutcomes.Apply([Outcome("a", ObjectState.InTransit)], [], leftOverReason);

        Assert.That(applied[0].State, Is.EqualTo(state));
        Assert.That(applied[0].Reason, Is.EqualTo(reason));
    }

    private static ObjectOutcome Outcome(string key, ObjectState state) =>
        new()
        {
            ObjectKey = key,
            Url = "https://shop.example/" + key,
            State = state,
            Blocks = [],
        };
}
