using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>Reads stock from what the page shows: a sentence near the product, or a button to buy it.</summary>
internal sealed class VisibleAvailability(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
{
    private const int MaxRunLength = 80;
    private const int MaxDistance = 350;
    private const double WaitConfidence = 0.45;

    public static void Find(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
    {
        var finder = new VisibleAvailability(scan, page, traits, facts);
        finder.FindSentences();
        finder.FindButtons();
    }

    private void FindSentences()
    {
        var last = Math.Min(scan.Runs.Count, page.TitleOrder + MaxDistance);
        for (var order = Math.Max(0, page.TitleOrder - 10); order < last; order++)
        {
            var run = scan.Runs[order];
            if (run.Text.Length > MaxRunLength * 4)
            {
                continue;
            }

            var text = run.Text.AsSpan().Trim();
            if (text.Length is < 2 or > MaxRunLength)
            {
                continue;
            }

            if (text.Length < 40 && BuyPhrases.IsIn(text) && IsOwn(run.Parent) is { } buy)
            {
                facts.Add(FieldNames.Availability, nameof(Availability.InStock), ExtractionSource.Visible, $"button[{order}]", 0.55 - buy);
            }
            else if (!AvailabilityText.MaySay(text))
            {
                continue;
            }
            else if (text.Length < 40 && AvailabilityText.InvitesToWait(text) && IsOwn(run.Parent) is { } wait)
            {
                // Less than a button to buy: with both there is stock, and the form for the other sizes is hidden.
                facts.Add(FieldNames.Availability, nameof(Availability.OutOfStock), ExtractionSource.Visible, $"text[{order}]", WaitConfidence - wait);
            }
            else if (AvailabilityText.Parse(run.Text) is { } meaning && IsOwn(run.Parent) is { } penalty)
            {
                AddSentence(run, order, meaning, penalty);
            }
        }
    }

    private void AddSentence(TextRun run, int order, Availability meaning, double penalty)
    {
        var own = traits.Of(run.Parent);
        var isStock = own.HasFlag(Traits.Stock);
        var isShort = run.Text.Trim().Length <= 40;
        var isNear = order - page.TitleOrder < 120;
        var confidence = 0.35 + (isStock ? 0.25 : 0) + (isShort ? 0.1 : 0) + (isNear ? 0.1 : 0) - penalty;
        // "Available in 3 colours" is no stock; a refusal is seldom said of anything else.
        confidence -= meaning == Availability.InStock && !isStock ? 0.15 : 0;
        confidence -= own.HasFlag(Traits.Shipping) && !isStock ? 0.15 : 0;
        facts.Add(FieldNames.Availability, run.Text, ExtractionSource.Visible, $"text[{order}]", confidence);
    }

    private void FindButtons()
    {
        foreach (var (element, order) in scan.Buttons)
        {
            var text = element.GetAttribute("value") ?? element.GetAttribute("aria-label") ?? element.GetAttribute("title");
            var isBuy = BuyPhrases.IsIn(text) || BuyPhrases.IsIn(element.ClassName) || BuyPhrases.IsIn(element.Id);
            if (isBuy && !element.HasAttribute("disabled") && order >= page.TitleOrder - 60 && IsOwn(element) is { } penalty)
            {
                facts.Add(FieldNames.Availability, nameof(Availability.InStock), ExtractionSource.Visible, $"button[{order}]", 0.55 - penalty);
            }
        }
    }

    /// <summary>Null for what is said of other products or of the page's frame; else what its place takes from confidence.</summary>
    private double? IsOwn(PageElement element)
    {
        var own = traits.Of(element);
        if ((own & (Traits.Frame | Traits.Review)) != 0)
        {
            return null;
        }

        return (own.HasFlag(Traits.Related) ? 0.2 : 0) + (own.HasFlag(Traits.Hidden) ? 0.3 : 0);
    }
}
