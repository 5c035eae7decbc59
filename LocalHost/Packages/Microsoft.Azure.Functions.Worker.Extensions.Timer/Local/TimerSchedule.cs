namespace Microsoft.Azure.Functions.Worker.Local.Timers;

internal abstract class TimerSchedule
{
    /// <summary>The first occurrence after an instant.</summary>
    public abstract DateTimeOffset Next(DateTimeOffset after);

    /// <summary>More than one run a minute: too often to be worth remembering over a restart.</summary>
    public abstract bool IsSubMinute(DateTimeOffset now);
}
