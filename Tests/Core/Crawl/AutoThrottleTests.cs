using System.Text.Json;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class AutoThrottleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ThrottleSettings Settings = new(
        StartDelay: TimeSpan.FromSeconds(1),
        DelayFloor: TimeSpan.FromSeconds(0.2),
        DelayCeiling: TimeSpan.FromSeconds(60),
        TargetConcurrency: 2,
        FailuresBeforePause: 3,
        PauseDelay: TimeSpan.FromSeconds(30),
        MaxPauses: 2
    );

    [TestCase(1.0, 4.0, true, 1.5)]
    [TestCase(1.0, 0.4, true, 0.6)]
    [TestCase(0.2, 0.1, true, 0.2)]
    [TestCase(1.0, 600.0, true, 60.0)]
    [TestCase(1.0, 0.1, false, 1.0)]
    [TestCase(1.0, 4.0, false, 1.5)]
    public void AfterAnswer_Latency_MovesTheDelayHalfWay(double delay, double latency, bool isOk, double expected)
    {
        var state = new SiteThrottleState { DelaySeconds = delay };

        var next = AutoThrottle.AfterAnswer(state, Settings, TimeSpan.FromSeconds(latency), isOk);

        Assert.That(next.DelaySeconds, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void TakeTurn_SiteNotKnown_BooksTheStartDelay()
    {
        var next = AutoThrottle.TakeTurn(new SiteThrottleState(), Settings, crawlDelay: null, Now);

        Assert.That(next.NextRequestUtc, Is.EqualTo(Now.AddSeconds(1)));
    }

    [TestCase(5.0, 5.0)]
    [TestCase(0.1, 1.0)]
    [TestCase(86_400.0, 60.0)]
    public void TakeTurn_SiteWishesADelay_TakesTheLongerUpToTheCeiling(double wish, double expected)
    {
        var next = AutoThrottle.TakeTurn(new SiteThrottleState(), Settings, TimeSpan.FromSeconds(wish), Now);

        Assert.That(next.NextRequestUtc, Is.EqualTo(Now.AddSeconds(expected)));
    }

    [Test]
    public void TakeTurn_FloorIsZero_HasNoDelayAtAll()
    {
        var settings = Settings with { DelayFloor = TimeSpan.Zero };
        var state = AutoThrottle.AfterAnswer(new SiteThrottleState(), settings, TimeSpan.FromSeconds(9), isOk: true);

        var next = AutoThrottle.TakeTurn(state, settings, TimeSpan.FromSeconds(10), Now);

        Assert.That(next.NextRequestUtc, Is.EqualTo(Now));
    }

    [Test]
    public void AfterRetryAfter_EarlierThanBooked_ChangesNothing()
    {
        var state = new SiteThrottleState { NextRequestUtc = Now.AddSeconds(10) };

        Assert.That(AutoThrottle.AfterRetryAfter(state, Now.AddSeconds(5)), Is.EqualTo(state));
        Assert.That(AutoThrottle.AfterRetryAfter(state, Now.AddSeconds(15)).NextRequestUtc, Is.EqualTo(Now.AddSeconds(15)));
    }

    [Test]
    public void Pause_AgainAndAgain_DoublesUntilTheSiteIsGivenUp()
    {
        var state = Fail(new SiteThrottleState(), 3);
        var first = AutoThrottle.Pause(state, Settings, Now);
        var second = AutoThrottle.Pause(Fail(first, 1), Settings, Now.AddHours(1));
        var last = Fail(AutoThrottle.Resume(second), 1);

        Assert.That(AutoThrottle.NeedsPause(state, Settings));
        Assert.That(first.NextRequestUtc, Is.EqualTo(Now.AddSeconds(30)));
        Assert.That(AutoThrottle.NeedsPause(Fail(first, 1), Settings));
        Assert.That(second.NextRequestUtc, Is.EqualTo(Now.AddHours(1).AddSeconds(60)));
        Assert.That(AutoThrottle.IsGivenUp(Fail(first, 1), Settings), Is.False);
        Assert.That(AutoThrottle.IsGivenUp(last, Settings));
        Assert.That(AutoThrottle.IsGivenUp(AutoThrottle.AfterSuccess(last), Settings), Is.False);
    }

    [Test]
    public void SiteThrottleState_AsJson_ComesBackEqual()
    {
        var state = new SiteThrottleState { DelaySeconds = 0.25, NextRequestUtc = Now, ConsecutiveFailureCount = 2, PauseCount = 1 };

        var stored = JsonSerializer.Deserialize<SiteThrottleState>(JsonSerializer.Serialize(state));

        Assert.That(stored, Is.EqualTo(state));
    }

    private static SiteThrottleState Fail(SiteThrottleState state, int count)
    {
        for (var i = 0; i < count; i++)
        {
            state = AutoThrottle.AfterFailure(state);
        }

        return state;
    }
}
