using System.Buffers;
using Marketline.Core.Clean;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Finds the prices that a page shows and judges how likely each is the main product's: near the title, in a place called
/// price, not crossed out, and not a shipping threshold, an instalment, a price per unit, a saving or another product's.
/// </summary>
internal sealed class VisiblePrices(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
{
    private const int MaxRunLength = 160;
    private const int MaxGroupLength = 40;
    private const int MaxLabelLength = 60;
    private const int MaxGroupLevels = 4;

    /// <summary>A group that shows a price already grows by its cents or its sign, not by more.</summary>
    private const int MaxGroupGrowth = 4;
    private const int MaxCandidates = 150;
    private const int MaxRunsBeforeTitle = 60;

    /// <summary>Western, Arabic, Persian, Devanagari, Bengali, Thai and full-width ones.</summary>
    private static readonly SearchValues<char> Digits = SearchValues.Create(
        [.. ((ReadOnlySpan<char>)['0', '\u0660', '\u06f0', '\u0966', '\u09e6', '\u0e50', '\uff10']).ToArray().SelectMany(zero => Enumerable.Range(zero, 10).Select(digit => (char)digit))]
    );

    private readonly HashSet<PageElement> _seen = [];
    private readonly List<VisiblePrice> _found = [];
    private (PageElement? Element, decimal Amount) _last;

    public static List<VisiblePrice> Find(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
    {
        var finder = new VisiblePrices(scan, page, traits, facts);
        for (var order = Math.Max(0, page.TitleOrder - MaxRunsBeforeTitle); order < scan.Runs.Count && finder._found.Count < MaxCandidates; order++)
        {
            finder.Look(order);
        }

        return finder._found;
    }

    private void Look(int order)
    {
        var run = scan.Runs[order];
        if (run.Text.Length > MaxRunLength * 4 || !HasDigit(run.Text))
        {
            return;
        }

        var text = run.Text.Trim();
        if (text.Length > MaxRunLength)
        {
            return;
        }

        var (group, groupText, count) = Group(run.Parent, text);
        if (!_seen.Add(group))
        {
            return;
        }

        var own = traits.Of(group) | (group == run.Parent ? Traits.None : traits.Of(run.Parent));
        if (count == 0 && !own.HasFlag(Traits.Price))
        {
            return;
        }

        var normal = PriceText.Normalise(groupText);
        var prices = PriceText.Scan(normal, new NumberHints(facts.Language)).FindAll(IsPlausible);
        var isMarked = prices.Exists(price => price.Mark is not null);
        if (prices.Count == 0 || (!isMarked && (!own.HasFlag(Traits.Price) || prices.Count > 1 || normal.Count(char.IsLetter) > 3)))
        {
            return;
        }

        AddAll(prices, normal, groupText, group, order, own);
    }

    private void AddAll(List<PriceMatch> prices, string normal, string groupText, PageElement group, int order, Traits own)
    {
        foreach (var price in prices)
        {
            if (price.Number.Amount <= 0 || (price.Mark is null && prices.Count > 1) || IsRepeated(price, group))
            {
                continue;
            }

            var before = normal[..price.Start];
            var after = normal[price.End..];
            var context = PriceContext.Of(before.Length > 2 ? before : before + " " + Preceding(order, group), after);
            var score = Score(own | context, price, order) - (normal.Length > MaxGroupLength ? 0.8 : 0);
            _last = (group, price.Number.Amount);
            // Cleaning takes the lowest amount of a text: a higher one has to stand alone.
            var isAlone = groupText.Length > 80 || prices.Exists(other => other.Mark is not null && other.Number.Amount < price.Number.Amount);
            _found.Add(new VisiblePrice(price.Number.Amount, isAlone ? groupText.Substring(price.Start, price.End - price.Start) : groupText, price.Mark, Location(group), order, own | context, score) { Element = group });
        }
    }

    /// <summary>The group around another run ("-5%") holds the price that was found within it just before, without that one's traits.</summary>
    private bool IsRepeated(PriceMatch price, PageElement group) =>
        _last.Element is { } last && last != group && price.Number.Amount == _last.Amount && group.Contains(last);

    private double Score(Traits own, PriceMatch price, int order)
    {
        var score = price.Mark is null ? 0.5 : 1.5;
        score += own.HasFlag(Traits.Price) ? 1.5 : 0;
        score += own.HasFlag(Traits.Current) && own.HasFlag(Traits.Price) ? 0.5 : 0;
        score += own.HasFlag(Traits.Main) ? 0.3 : 0;
        score -= own.HasFlag(Traits.Old) ? 2.5 : 0;
        score -= own.HasFlag(Traits.Struck) ? 3.5 : 0;
        score -= own.HasFlag(Traits.Saving) && !own.HasFlag(Traits.Current) ? 2 : 0;
        score -= own.HasFlag(Traits.Net) ? 2.6 : 0;
        score -= own.HasFlag(Traits.Shipping) ? 3 : 0;
        score -= own.HasFlag(Traits.PerUnit) ? 2 : 0;
        score -= own.HasFlag(Traits.Instalment) ? 2.5 : 0;
        score -= own.HasFlag(Traits.Reward) ? 2 : 0;
        score -= own.HasFlag(Traits.UsedOffer) ? 2 : 0;
        score -= own.HasFlag(Traits.Related) ? 2 : 0;
        score -= own.HasFlag(Traits.Frame) ? 3 : 0;
        score -= own.HasFlag(Traits.Review) ? 2 : 0;
        score -= own.HasFlag(Traits.Hidden) ? 1 : 0;
        return score + Nearness(order - page.TitleOrder);
    }

    /// <summary>A price stands a little after the title as a rule, seldom a little before it.</summary>
    private static double Nearness(int distance) =>
        distance switch
        {
            >= 0 and < 400 => 2 * (1 - (distance / 400.0)),
            < 0 and > -40 => 0.8,
            < 0 => -0.5,
            _ => 0,
        };

    /// <summary>The widest element around the run that still shows this one price: prices are often pieced together from several elements.</summary>
    private static (PageElement Element, string Text, int MarkedCount) Group(PageElement start, string runText)
    {
        var (element, text) = (start, ElementText.WithinLimit(start, MaxRunLength) ?? runText);
        var count = CountPrices(text);
        for (var level = 0; level < MaxGroupLevels && element.ParentElement is { LocalName: not ("body" or "main") } parent; level++)
        {
            var wider = ElementText.WithinLimit(parent, count > 0 ? Math.Min(MaxGroupLength, text.Length + MaxGroupGrowth) : MaxGroupLength);
            if (wider is null || !wider.Contains(text, StringComparison.Ordinal))
            {
                break;
            }

            var widerCount = wider.Length == text.Length ? count : CountPrices(wider);
            if (count > 0 && widerCount != count)
            {
                break;
            }

            (element, text, count) = (parent, wider, widerCount);
        }

        return (element, text, count);
    }

    private static int CountPrices(string text) => PriceText.Scan(PriceText.Normalise(text), NumberHints.None).Count(price => price.Mark is not null);

    private bool IsPlausible(PriceMatch price) =>
        price.Mark is null || !char.IsAsciiLetter(price.Mark[0]) || price.Mark.Length > 2 || CurrencyResolver.IsPlausible(price.Mark, facts.Language, facts.Host);

    /// <summary>The label before a price: the run before its group, when it is short and holds no number of its own.</summary>
    private string Preceding(int order, PageElement group)
    {
        for (var before = order - 1; before >= Math.Max(0, order - 2); before--)
        {
            var run = scan.Runs[before];
            if (!group.Contains(run.Parent))
            {
                var text = run.Text.Trim();
                return text.Length <= MaxLabelLength && !HasDigit(text) ? text : "";
            }
        }

        return "";
    }

    private static bool HasDigit(string text) => text.AsSpan().ContainsAny(Digits);

    private static string Location(PageElement element) =>
        element.Id is { Length: > 0 and < 60 } id ? $"{element.LocalName}#{id}"
        : element.ClassName is { Length: > 0 and < 80 } name ? $"{element.LocalName}.{name.Trim().Replace(' ', '.')}"
        : element.LocalName;
}
