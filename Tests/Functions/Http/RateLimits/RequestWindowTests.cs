using Marketline.Functions.Http.RateLimits;
using Marketline.Storage.Tables;

namespace Marketline.Tests.Functions.Http.RateLimits;

public sealed class RequestWindowTests
{
    private const long Minute = 29_000_000;

    [Test]
    public void TryTake_Portion_LastsAsLongAsItIs()
    {
        var window = new RequestWindow();
        window.Add(Minute, new CounterTake(2, 5));

        var takes = Enumerable.Range(0, 3).Select(_ => (window.TryTake(Minute, out var left), left)).ToList();

        Assert.That(takes, Is.EqualTo(new[] { (true, 6L), (true, 5L), (false, 5L) }));
    }

    [Test]
    public void TryTake_NextMinute_StartsWithNothing()
    {
        var window = new RequestWindow();
        window.Add(Minute, new CounterTake(2, 5));

        Assert.That((window.TryTake(Minute + 1, out var left), left), Is.EqualTo((false, 0L)));
    }

    /// <summary>Requests that came before the minute turned and those after it ask in turn: none of them may cost the portion.</summary>
    [Test]
    public void TryTake_RequestOfTheMinuteBeforeComesLate_PortionIsNotLost()
    {
        var window = new RequestWindow();
        window.Add(Minute, new CounterTake(10, 0));

        var taken = Enumerable.Range(0, 10).Count(i => window.TryTake(Minute - i % 2, out _));

        Assert.That(taken, Is.EqualTo(10));
    }

    [Test]
    public void IsEmpty_FetchFoundNothing_UntilTheMinuteEnds()
    {
        var window = new RequestWindow();
        window.Add(Minute, new CounterTake(0, 0));

        Assert.That((window.IsEmpty(Minute), window.IsEmpty(Minute + 1)), Is.EqualTo((true, false)));
    }

    [Test]
    public void IsEmpty_ClockIsSetBack_IsNotHeldToALaterMinute()
    {
        var window = new RequestWindow();
        window.Add(Minute, new CounterTake(0, 0));

        Assert.That(window.IsEmpty(Minute - 60), Is.False);
    }
}
