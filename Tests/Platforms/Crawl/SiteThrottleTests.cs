using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class SiteThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ThrottleSettings Settings = new(
        StartDelay: TimeSpan.FromSeconds(2),
        DelayFloor: TimeSpan.FromSeconds(1),
        DelayCeiling: TimeSpan.FromSeconds(60),
        TargetConcurrency: 1,
        FailuresBeforePause: 3,
        PauseDelay: TimeSpan.FromSeconds(30),
        MaxPauses: 2
    );

    private ManualTimeProvider _clock = null!;
    private SiteThrottle _throttle = null!;

    [SetUp]
    public void SetUp()
    {
        _clock = new ManualTimeProvider(Start);
        _throttle = new SiteThrottle(null, Settings, _clock, Start.AddMinutes(3));
    }

    [TearDown]
    public void TearDown() => _throttle.Dispose();

    [Test]
    public async Task WaitTurnAsync_SecondRequest_WaitsForTheDelay()
    {
        var first = await _throttle.WaitTurnAsync(CancellationToken.None);
        var second = _throttle.WaitTurnAsync(CancellationToken.None).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        var isEarly = second.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That((first, isEarly, await second), Is.EqualTo((true, false, true)));
    }

    [Test]
    public async Task WaitTurnAsync_RetryAfterWhileWaiting_HoldsEverybody()
    {
        await _throttle.WaitTurnAsync(CancellationToken.None);
        var waiting = _throttle.WaitTurnAsync(CancellationToken.None).AsTask();
        _throttle.Record(new Answer { StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(20) });

        _clock.Advance(TimeSpan.FromSeconds(2));
        var isEarly = waiting.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(18));

        Assert.That((isEarly, await waiting), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task WaitTurnAsync_TurnBeyondTheTimeBox_IsFalseAtOnce()
    {
        await _throttle.WaitTurnAsync(CancellationToken.None);
        _throttle.Record(new Answer { StatusCode = 503, RetryAfter = TimeSpan.FromMinutes(4) });

        Assert.That(await _throttle.WaitTurnAsync(CancellationToken.None), Is.False);
        Assert.That(_throttle.IsSentAway);
    }

    [Test]
    public async Task WaitTurnAsync_TimeIsUp_IsFalse()
    {
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.That(await _throttle.WaitTurnAsync(CancellationToken.None), Is.False);
    }

    [Test]
    public async Task WaitTurnAsync_SiteWishesADelay_WaitsForIt()
    {
        _throttle.Wish(TimeSpan.FromSeconds(10));

        await _throttle.WaitTurnAsync(CancellationToken.None);

        Assert.That(_throttle.State.NextRequestUtc, Is.EqualTo(Start.AddSeconds(10)));
    }

    [Test]
    public async Task WaitTurnAsync_Cancelled_LetsTheNextOneIn()
    {
        using var cancel = new CancellationTokenSource();
        await _throttle.WaitTurnAsync(CancellationToken.None);
        var cancelled = _throttle.WaitTurnAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());

        var next = _throttle.WaitTurnAsync(CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(await next, Is.True);
    }
}
