using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class PartRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly PageYield Whole = new(HasObjects: true, OfferParts.None);
    private static readonly PageYield NoPrice = new(HasObjects: true, OfferParts.Price);
    private static readonly PageYield Nothing = new(HasObjects: false, OfferParts.All);

    [TestCase(true, OfferParts.Price, true, ExpectedResult = RenderChoice.Probe)]
    [TestCase(true, OfferParts.Availability, true, ExpectedResult = RenderChoice.Probe)]
    [TestCase(true, OfferParts.Price, false, ExpectedResult = RenderChoice.Plain, Description = "no script, no browser")]
    [TestCase(true, OfferParts.None, true, ExpectedResult = RenderChoice.Plain)]
    [TestCase(false, OfferParts.All, true, ExpectedResult = RenderChoice.Plain, Description = "not an offer's page")]
    public RenderChoice Choose_SiteNotKnown_ProbesWhatLacksParts(bool hasObjects, OfferParts missing, bool runsScripts) =>
        PartRule.Choose(null, new PageYield(hasObjects, missing), runsScripts, Now);

    [TestCase(OfferParts.Price, ExpectedResult = RenderChoice.Render)]
    [TestCase(OfferParts.All, ExpectedResult = RenderChoice.Render)]
    [TestCase(OfferParts.Availability, ExpectedResult = RenderChoice.Plain)]
    [TestCase(OfferParts.None, ExpectedResult = RenderChoice.Plain)]
    public RenderChoice Choose_PricesAreScripted_RendersPagesWithoutOne(OfferParts missing) =>
        PartRule.Choose(PartRule.AfterProbe(null, OfferParts.Price, Now), new PageYield(HasObjects: true, missing), runsScripts: true, Now.AddHours(23));

    [Test]
    public void AfterProbe_InVain_EndsTheProbesForADay()
    {
        SiteParts? state = null;
        var probeCount = 0;

        while (PartRule.IsOpen(state, Now) && PartRule.Choose(state, NoPrice, runsScripts: true, Now) == RenderChoice.Probe && probeCount < 100)
        {
            state = PartRule.AfterProbe(state, OfferParts.None, Now);
            probeCount++;
        }

        Assert.That(probeCount, Is.EqualTo(PartRule.MaxVainProbes));
        Assert.That((PartRule.IsOpen(state, Now.AddHours(23)), PartRule.IsOpen(state, Now + RenderRule.MaxAge)), Is.EqualTo((false, true)));
    }

    [TestCase(true, ExpectedResult = PartRule.WholePagesToKnow)]
    [TestCase(false, ExpectedResult = PartRule.MaxLooks)]
    public int AfterLook_PagesThatNeedNoBrowser_AreLookedAtOnlySoOften(bool areWhole)
    {
        SiteParts? state = null;
        var lookCount = 0;

        while (PartRule.IsOpen(state, Now) && lookCount < 1_000)
        {
            state = PartRule.AfterLook(state, areWhole ? Whole : Nothing, Now);
            lookCount++;
        }

        return lookCount;
    }

    [Test]
    public void AfterLook_PricesAreScripted_NoPageChangesThat()
    {
        var known = PartRule.AfterProbe(null, OfferParts.Price, Now);
        var state = known;

        for (var page = 0; page < PartRule.MaxLooks; page++)
        {
            state = PartRule.AfterLook(state, Whole, Now.AddHours(1));
        }

        Assert.That(state, Is.EqualTo(known));
    }

    [Test]
    public void AfterRendering_WhateverIsLearntAboutShells_PartsAreKept()
    {
        var parts = PartRule.AfterProbe(null, OfferParts.Price, Now);
        var state = new SiteRendering { Parts = parts };

        var gained = RenderRule.AfterRendering(state, ShellSign.Strong, hasGained: true, Now);
        var vain = RenderRule.AfterRendering(state, ShellSign.Strong, hasGained: false, Now);
        var back = RenderRule.AfterPlainIsEnough(gained with { PlainCount = RenderRule.PlainPagesToReturn }, Now);

        Assert.That(new[] { gained.Parts, vain.Parts, back.Parts }, Has.All.EqualTo(parts));
    }
}
