using Marketline.Core.Runs;

namespace Marketline.Core.Aggregate;

/// <summary>The activities of the gold step.</summary>
public static class AggregateContracts
{
    public static readonly ActivityContract<AggregateInput, AggregateOutput> Aggregate = new("AggregateActivity");
}
