using Marketline.Core.Datasets;
using Marketline.Core.Runs;

namespace Marketline.Core.Aggregate;

/// <summary>
/// A gold step that is decided but perhaps not carried out: the manifests to make current and the result to leave. Written
/// in one piece, so that a worker that dies in between leaves something that the next one finishes.
/// </summary>
public sealed record GoldCommit
{
    public int SchemaVersion { get; init; } = 1;

    public required RunRef Run { get; init; }

    public required AggregateOutput Result { get; init; }

    public required IReadOnlyList<DatasetManifest> Manifests { get; init; }
}
