using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Picks the price. Each candidate brings its own weight; the same amount from other kinds of markup and, above all, the same
/// amount shown near the title adds to it. So markup that is stale or not about this product loses to what customers see.
/// </summary>
internal static class PriceVote
{
    /// <summary>The score of a price beyond doubt.</summary>
    public const double SureScore = 8;

    private const double MinScore = 1.4;
    private const double MinVisibleScore = 2.2;

    /// <summary>What looks like a list of other products needs more.</summary>
    private const double MinListedScore = 3.2;

    /// <summary>What a price that only the page shows must have over the best one that markup states.</summary>
    private const double MinVisibleLead = 1;
    private const decimal MaxListRatio = 20;

    /// <summary>What it costs a stated price to be shown crossed out beside a lower one: markup often lags behind a sale.</summary>
    private const double FormerPenalty = 1.5;
    private const int MaxFormerDistance = 12;
    private const Traits Foreign = Traits.Related | Traits.Frame | Traits.Review | Traits.Shipping | Traits.Instalment;

    public static (PriceCandidate Price, double Confidence)? Decide(ProductFacts facts, List<VisiblePrice> shown)
    {
        var best = (Candidate: (PriceCandidate?)null, Score: MinScore);
        var support = shown.GroupBy(price => price.Amount).ToDictionary(group => group.Key, group => group.Max(price => price.Score));
        var former = Former(shown);
        foreach (var group in facts.Prices.GroupBy(price => price.Amount))
        {
            var strongest = group.MaxBy(price => price.Weight)!;
            var sources = group.Select(price => price.Source).Distinct().Count();
            var isFormer = former.Contains(group.Key);
            var visible = isFormer ? -1 : support.GetValueOrDefault(group.Key, -1);
            var repeats = Math.Min(0.3, 0.05 * (group.Count() - 1));
            var score = strongest.Weight + (0.6 * (sources - 1)) + repeats + Math.Max(-0.5, 0.7 * Math.Min(visible, 5)) - (isFormer ? FormerPenalty : 0);
            best = score > best.Score ? (strongest, score) : best;
        }

        var bar = best.Candidate is null ? MinVisibleScore : best.Score + MinVisibleLead;
        foreach (var price in shown.Where(price => price.Score >= bar && price.Score > best.Score && (price.Score >= MinListedScore || !price.Traits.HasFlag(Traits.Related))))
        {
            best = (new PriceCandidate(price.Amount, price.Text, price.Mark, ExtractionSource.Visible, price.Location, price.Score), price.Score);
        }

        return best.Candidate is null ? null : (best.Candidate, Math.Round(Math.Clamp(best.Score / SureScore, 0.2, 0.99), 2));
    }

    /// <summary>The amounts that are shown crossed out beside a lower price that is not.</summary>
    private static HashSet<decimal> Former(List<VisiblePrice> shown)
    {
        const Traits notAsked = Foreign | Traits.Old | Traits.Struck | Traits.Saving | Traits.PerUnit | Traits.Reward | Traits.UsedOffer | Traits.Hidden;
        var asked = shown.FindAll(price => price.Traits.HasFlag(Traits.Price) && price.Mark is not null && (price.Traits & notAsked) == 0);
        var crossed = shown.FindAll(price => (price.Traits & (Traits.Old | Traits.Struck)) != 0 && (price.Traits & Foreign) == 0);
        bool IsFormer(VisiblePrice price) =>
            asked.Exists(other => other.Amount < price.Amount && other.Amount * MaxListRatio > price.Amount && Math.Abs(other.Order - price.Order) <= MaxFormerDistance)
            && !asked.Exists(other => other.Amount == price.Amount);
        return [.. crossed.Where(IsFormer).Select(price => price.Amount)];
    }

    /// <summary>The price of before: what markup calls so, else the lowest higher one that is shown crossed out near the title.</summary>
    public static PriceCandidate? ListPrice(ProductFacts facts, List<VisiblePrice> shown, PriceCandidate price)
    {
        bool IsHigher(decimal amount) => amount > price.Amount && amount < price.Amount * MaxListRatio;
        if (facts.ListPrices.Find(candidate => IsHigher(candidate.Amount)) is { } stated)
        {
            return stated;
        }

        var crossed = shown.Where(seen => IsHigher(seen.Amount) && (seen.Traits & (Traits.Old | Traits.Struck)) != 0 && (seen.Traits & (Foreign | Traits.PerUnit)) == 0).MaxBy(seen => seen.Score);
        return crossed is null ? null : new PriceCandidate(crossed.Amount, crossed.Text, crossed.Mark, ExtractionSource.Visible, crossed.Location, crossed.Score);
    }
}
