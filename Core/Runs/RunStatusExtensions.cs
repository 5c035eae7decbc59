namespace Marketline.Core.Runs;

public static class RunStatusExtensions
{
    /// <summary>Its orchestration has not begun, as far as the row knows.</summary>
    public static bool IsAhead(this RunStatus status) => status is RunStatus.Queued or RunStatus.Scheduled;

    /// <summary>It has ended, and its row does not change any more.</summary>
    public static bool IsOver(this RunStatus status) => !status.IsAhead() && status is not (RunStatus.Running or RunStatus.Suspended);
}
