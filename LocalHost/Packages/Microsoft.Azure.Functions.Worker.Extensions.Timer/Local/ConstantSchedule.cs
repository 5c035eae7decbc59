namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>The same time between any two runs.</summary>
internal sealed class ConstantSchedule(TimeSpan interval) : TimerSchedule
{
    public override DateTimeOffset Next(DateTimeOffset after) => after + interval;

    public override bool IsSubMinute(DateTimeOffset now) => interval < TimeSpan.FromMinutes(1);

    public override string ToString() => $"every {interval}";
}
