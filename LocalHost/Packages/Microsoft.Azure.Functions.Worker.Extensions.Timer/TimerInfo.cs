namespace Microsoft.Azure.Functions.Worker;

public class TimerInfo
{
    /// <summary>Null if the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>This run makes up for one that was missed while the host was down.</summary>
    public bool IsPastDue { get; set; }
}
