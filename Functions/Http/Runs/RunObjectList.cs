namespace Marketline.Functions.Http.Runs;

/// <param name="Objects">Fewer than were asked for where many batches hold few of them.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record RunObjectList(IReadOnlyList<RunObjectView> Objects, string? Next);
