using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Has a function run by a schedule: a cron expression of five or six fields, or a time span.</summary>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule, or <c>%Name%</c> for the setting that holds it.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>
    /// Remembers the last and next run over restarts, so that a missed one is made up for. Schedules of more than one run
    /// a minute never do.
    /// </summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}
