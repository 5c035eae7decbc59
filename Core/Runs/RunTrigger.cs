namespace Marketline.Core.Runs;

/// <summary>Who or what started a run.</summary>
/// <param name="By">The key's id or the token's subject, the id of the run, or null for a schedule.</param>
public sealed record RunTrigger(RunTriggerKind Kind, string? By = null)
{
    public static readonly RunTrigger Schedule = new(RunTriggerKind.Schedule);
}
