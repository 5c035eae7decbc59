using Marketline.Core.Extract;
using Marketline.Core.Lineage;

namespace Marketline.Functions.Http.Runs;

/// <summary>An object of a run, and how it ended.</summary>
/// <param name="PageUrl">The page it stood on, where that is not <paramref name="Url"/>.</param>
/// <param name="Step">The last step of its way.</param>
/// <param name="Blob">Where that step left it; for a quarantined one, the file with its record.</param>
internal sealed record RunObjectView(
    string ObjectKey,
    string Url,
    string? PageUrl,
    ObjectType? Type,
    ObjectState State,
    string? Reason,
    int Batch,
    LineageStep? Step,
    string? Blob
)
{
    public static RunObjectView Of(int batch, ObjectOutcome outcome)
    {
        var last = outcome.Blocks.Count > 0 ? outcome.Blocks[^1] : null;
        return new RunObjectView(outcome.ObjectKey, outcome.Url, outcome.PageUrl, outcome.Type, outcome.State, outcome.Reason, batch, last?.Step, last?.Dataset);
    }
}
