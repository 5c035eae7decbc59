namespace Marketline.Core.Lineage;

/// <summary>Adds what the gold step did to what a batch step had recorded.</summary>
public static class GoldOutcomes
{
    /// <summary>What objects failed for that were clean and are in no dataset at their run's end.</summary>
    public const string LeftOverReason = "not-aggregated";

    /// <param name="gold">One per clean object, or empty while the gold step has not run.</param>
    /// <param name="leftOverReason">Null while the run goes on; else what objects still in transit failed for.</param>
    public static IReadOnlyList<ObjectOutcome> Apply(
        IReadOnlyList<ObjectOutcome> outcomes,
        IReadOnlyList<GoldOutcome> gold,
        string? leftOverReason
    )
    {
        var byKey = gold.ToDictionary(outcome => outcome.ObjectKey);
        return [.. outcomes.Select(outcome => Apply(outcome, byKey, leftOverReason))];
    }

    private static ObjectOutcome Apply(
        ObjectOutcome outcome,
        Dictionary<string, GoldOutcome> gold,
        string? leftOverReason
    )
    {
        if (outcome.State != ObjectState.InTransit)
        {
            return outcome;
        }

        if (gold.TryGetValue(outcome.ObjectKey, out var found))
        {
            return outcome with
            {
                State = found.State,
                Reason = found.Reason,
                Blocks = [.. outcome.Blocks, .. BlocksOf(found)],
            };
        }

        return leftOverReason is null ? outcome : outcome with { State = ObjectState.Failed, Reason = leftOverReason };
    }

    private static IEnumerable<LineageBlock> BlocksOf(GoldOutcome gold)
    {
        var isDuplicate = gold.Dataset is null;
        yield return new LineageBlock(
            LineageStep.Aggregate,
            isDuplicate ? StepState.Skipped : StepState.Succeeded,
            gold.AtUtc,
            gold.Milliseconds,
            isDuplicate ? gold.Reason : null
        );
        if (!isDuplicate)
        {
            yield return new LineageBlock(LineageStep.Store, StepState.Succeeded, gold.AtUtc, 0, null, gold.Dataset);
        }
    }
}
