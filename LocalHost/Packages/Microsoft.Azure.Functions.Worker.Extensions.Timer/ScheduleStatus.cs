namespace Microsoft.Azure.Functions.Worker;

/// <summary>Times are in the host's time zone: UTC unless WEBSITE_TIME_ZONE names another.</summary>
public class ScheduleStatus
{
    /// <summary>The last run; the default value if there was none.</summary>
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    /// <summary>The time that <see cref="Next"/> was computed from.</summary>
    public DateTime LastUpdated { get; set; }
}
