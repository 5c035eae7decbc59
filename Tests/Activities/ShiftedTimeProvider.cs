namespace Marketline.Tests.Activities;

/// <summary>A clock that a test puts forward. Only what it shows: time-outs and leases go on as they were.</summary>
internal sealed class ShiftedTimeProvider : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
