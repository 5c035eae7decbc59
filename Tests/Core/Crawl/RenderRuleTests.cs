using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class RenderRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly SiteRendering Needed = new() { NeedsBrowser = true, DecidedUtc = Now };

    [TestCase(RenderMode.Never, ShellSign.Strong, false, ExpectedResult = RenderChoice.Plain)]
    [TestCase(RenderMode.Always, ShellSign.None, true, ExpectedResult = RenderChoice.Render)]
    [TestCase(RenderMode.Auto, ShellSign.None, false, ExpectedResult = RenderChoice.Plain)]
    [TestCase(RenderMode.Auto, ShellSign.Weak, true, ExpectedResult = RenderChoice.Plain)]
    [TestCase(RenderMode.Auto, ShellSign.Weak, false, ExpectedResult = RenderChoice.Probe)]
    [TestCase(RenderMode.Auto, ShellSign.Strong, false, ExpectedResult = RenderChoice.Probe)]
    public RenderChoice Choose_SiteNotKnown_GoesByTheModeAndThePage(RenderMode mode, ShellSign sign, bool hasWanted) =>
        RenderRule.Choose(mode, null, sign, () => hasWanted, Now);

    [Test]
    public void Choose_PageThatIsNoShell_AsksForNoExtraction()
    {
        var choice = RenderRule.Choose(RenderMode.Auto, null, ShellSign.None, () => throw new InvalidOperationException("asked"), Now);

        Assert.That(choice, Is.EqualTo(RenderChoice.Plain));
    }

    [TestCase(false, ExpectedResult = RenderChoice.Render)]
    [TestCase(true, ExpectedResult = RenderChoice.PlainIsEnough)]
    public RenderChoice Choose_SiteNeedsABrowser_RendersUnlessThePageAsSentIsEnough(bool hasWanted) =>
        RenderRule.Choose(RenderMode.Auto, Needed, ShellSign.None, () => hasWanted, Now.AddHours(23));

    [Test]
    public void Choose_DecisionIsADayOld_IsProbedAgain()
    {
        var vain = new SiteRendering { DecidedUtc = Now, VainProbeCount = RenderRule.MaxVainProbes };

        var choices = new[]
        {
            RenderRule.Choose(RenderMode.Auto, Needed, ShellSign.Strong, () => false, Now + RenderRule.MaxAge),
            RenderRule.Choose(RenderMode.Auto, vain, ShellSign.Strong, () => false, Now + RenderRule.MaxAge),
            RenderRule.Choose(RenderMode.Auto, vain, ShellSign.Strong, () => false, Now.AddHours(23)),
        };

        Assert.That(choices, Is.EqualTo((RenderChoice[])[RenderChoice.Probe, RenderChoice.Probe, RenderChoice.Plain]));
    }

    [TestCase(ShellSign.Strong, RenderRule.MaxVainProbes)]
    [TestCase(ShellSign.Weak, RenderRule.MaxVainWeakProbes)]
    public void AfterRendering_ProbesInVain_AreCountedUntilSuchPagesAreLeftAlone(ShellSign sign, int expected)
    {
        SiteRendering? state = null;
        var probeCount = 0;

        while (RenderRule.Choose(RenderMode.Auto, state, sign, () => false, Now) == RenderChoice.Probe && probeCount < 100)
        {
            state = RenderRule.AfterRendering(state, sign, hasGained: false, Now);
            probeCount++;
        }

        Assert.That(probeCount, Is.EqualTo(expected));
    }

    [Test]
    public void Choose_SmallPagesProbedInVain_LikelyShellsAreProbedAllTheSame()
    {
        var state = new SiteRendering { DecidedUtc = Now, VainWeakProbeCount = RenderRule.MaxVainWeakProbes };

        var choices = new[] { ShellSign.Weak, ShellSign.Strong }.Select(sign => RenderRule.Choose(RenderMode.Auto, state, sign, () => false, Now));

        Assert.That(choices, Is.EqualTo((RenderChoice[])[RenderChoice.Plain, RenderChoice.Probe]));
    }

    [Test]
    public void AfterRendering_ProbeThatGained_RemembersTheSite()
    {
        var state = RenderRule.AfterRendering(new SiteRendering { DecidedUtc = Now.AddHours(-1), VainProbeCount = 2 }, ShellSign.Strong, hasGained: true, Now);

        Assert.That(state, Is.EqualTo(Needed));
    }

    [Test]
    public void AfterRendering_OnePageWithoutAProductAtASiteThatNeedsIt_ChangesNothing()
    {
        var state = RenderRule.AfterRendering(Needed with { PlainCount = 3 }, ShellSign.Strong, hasGained: false, Now.AddHours(1));

        Assert.That(state, Is.EqualTo(Needed));
    }

    [Test]
    public void AfterPlainIsEnough_SomePagesInARow_GoesBackToPlain()
    {
        var state = Needed;

        for (var page = 0; page < RenderRule.PlainPagesToReturn; page++)
        {
            Assert.That(state.NeedsBrowser, Is.True);
            state = RenderRule.AfterPlainIsEnough(state, Now);
        }

        Assert.That(state, Is.EqualTo(new SiteRendering { DecidedUtc = Now }));
    }
}
