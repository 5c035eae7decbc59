using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Runs;

namespace Marketline.Tests.Functions.Http.Runs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunEventsTests
{
    private static readonly RunView View = RunView.Of(
        new RunRecord
        {
            Run = new RunRef { RunId = RunId.Parse("acme-daily-20261121T031500Z"), Platform = "generic-shop", Kind = CrawlKind.Products },
            Status = RunStatus.Running,
        }
    );

    [Test]
    public void Since_TheStart_TellsStatusProgressAndProblems()
    {
        var run = View with { Progress = new ProgressView("crawling", 100, 40, 2, 5), Problems = ["one", "two"] };

        Assert.That(Names(RunEventPlace.Start, run), Is.EqualTo(new[] { "status", "progress", "problem", "problem" }));
    }

    [Test]
    public void Since_WhatWasHeard_TellsNothing()
    {
        var run = View with { Progress = new ProgressView("crawling", 100, 40, 2, 5), Problems = ["one"] };
        var heard = RunEvents.Since(RunEventPlace.Start, run, isEnded: false).Last().Place;

        Assert.That(Names(heard, run), Is.Empty);
    }

    [Test]
    public void Since_EachEvent_TheRestFollows()
    {
        var run = View with { Status = RunStatus.Completed, Progress = new ProgressView("done", 100, 100, 5, 5), Problems = ["one", "two"] };
        var all = RunEvents.Since(RunEventPlace.Start, run, isEnded: true).ToList();

        var rests = all.Select(happened => RunEvents.Since(Again(happened.Place), run, isEnded: true).Count());

        Assert.That(rests, Is.EqualTo(Enumerable.Range(0, all.Count).Reverse()));
        Assert.That(all[^1].Name, Is.EqualTo("end"));
    }

    [Test]
    public void Since_AnotherWorkersOlderProgress_TellsNothing()
    {
        var heard = RunEvents.Since(RunEventPlace.Start, View with { Progress = new ProgressView("crawling", 100, 40, 2, 5) }, false).Last().Place;

        Assert.That(Names(heard, View with { Progress = new ProgressView("crawling", 100, 30, 2, 5) }), Is.Empty);
        Assert.That(Names(heard, View with { Progress = new ProgressView("planning", 0, 0, 0, 0) }), Is.Empty);
        Assert.That(Names(heard, View with { Progress = new ProgressView("crawling", 100, 41, 2, 5) }), Is.EqualTo(new[] { "progress" }));
    }

    [Test]
    public void Since_SuspendedAndResumed_TellsBoth()
    {
        var suspended = RunEvents.Since(new RunEventPlace(RunStatus.Running, 1, 0, 0, 0, false), View with { Status = RunStatus.Suspended }, false).Single();

        Assert.That(Names(suspended.Place, View), Is.EqualTo(new[] { "status" }));
    }

    [TestCase("")]
    [TestCase("1")]
    [TestCase("Running.1.2.3")]
    [TestCase("Walking.1.2.3.4")]
    [TestCase("7.1.2.3.4.5")]
    [TestCase("Running.1.2.x.4")]
    [TestCase("99.1.2.3.4")]
    [TestCase("Running.1.2.99999999999999999999.4")]
    public void Place_OfAnotherMaking_IsNone(string text) => Assert.That(RunEventPlace.TryParse(text, out _), Is.False);

    private static IEnumerable<string> Names(RunEventPlace place, RunView run) => RunEvents.Since(place, run, isEnded: false).Select(happened => happened.Name);

    private static RunEventPlace Again(RunEventPlace place)
    {
        Assert.That(RunEventPlace.TryParse($"{place}", out var parsed), Is.True, $"{place}");
        return parsed!;
    }
}
