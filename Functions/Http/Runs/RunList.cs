namespace Marketline.Functions.Http.Runs;

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record RunList(IReadOnlyList<RunView> Runs, string? Next);
