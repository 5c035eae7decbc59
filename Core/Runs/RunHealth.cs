using System.Globalization;
using Marketline.Core.Alerts;

namespace Marketline.Core.Runs;

/// <summary>How a run that has not ended is, and when to look at it again.</summary>
/// <param name="Alerts">The alerts that it should have.</param>
public sealed record RunHealth(IReadOnlyList<Alert> Alerts, DateTimeOffset NextLookUtc)
{
    /// <summary>While a run has an alert, so that the alert goes when its cause does.</summary>
    private static readonly TimeSpan AlertedLook = TimeSpan.FromSeconds(30);

    /// <summary>Nothing can be wrong until the next look.</summary>
    public static RunHealth Good(WatchedRun run, DateTimeOffset nowUtc) => new([], nowUtc + StuckAfter(run));

    /// <param name="movedUtc">When something in it moved last; null when nothing has to move (it waits for its turn, is suspended).</param>
    public static RunHealth Judge(WatchedRun run, DateTimeOffset? movedUtc, DateTimeOffset nowUtc)
    {
        var alerts = new List<Alert>();
        var look = (movedUtc ?? nowUtc) + StuckAfter(run);
        if (movedUtc is { } moved && IsStuck(run, moved, nowUtc))
        {
            alerts.Add(NewAlert(run, AlertKind.Stuck, moved, nowUtc, Text($"Nothing in the run has moved since {moved:u}.")));
        }

        if (nowUtc >= run.DeadlineUtc)
        {
            var deadline = run.DeadlineUtc.Value;
            alerts.Add(NewAlert(run, AlertKind.Late, deadline, nowUtc, Text($"The run should have ended at {deadline:u}.")));
        }

        look = run.DeadlineUtc < look ? run.DeadlineUtc.Value : look;
        return new RunHealth(alerts, alerts.Count > 0 ? nowUtc + AlertedLook : look);
    }

    public static bool IsStuck(WatchedRun run, DateTimeOffset movedUtc, DateTimeOffset nowUtc) => nowUtc >= movedUtc + StuckAfter(run);

    private static TimeSpan StuckAfter(WatchedRun run) =>
        run.StuckAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : WatchedRun.DefaultStuckAfter;

    private static Alert NewAlert(WatchedRun run, AlertKind kind, DateTimeOffset since, DateTimeOffset nowUtc, string message) =>
        new()
        {
            TenantId = run.RunId.TenantId,
            Kind = kind,
            RunId = run.RunId,
            PlanId = run.RunId.PlanId,
            SinceUtc = since,
            RaisedUtc = nowUtc,
            Message = message,
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
