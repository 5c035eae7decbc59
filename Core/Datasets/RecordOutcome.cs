using System.Text.Json.Serialization;

namespace Marketline.Core.Datasets;

/// <summary>
/// What aggregation did with one record of a clean batch: a line of a batch's outcome file. An object that the batch holds
/// twice has two. The reason is set for <see cref="RecordOutcomeState.Filtered"/>.
/// </summary>
public sealed record RecordOutcome(
    string ObjectKey,
    RecordOutcomeState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null
)
{
    /// <summary>The object stands in the run more than once, and a newer record of it was taken.</summary>
    public const string DuplicateReason = "duplicate";

    /// <summary>The dataset holds a newer record of the object: the run is an old one, done again.</summary>
    public const string SupersededReason = "superseded";
}
