using System.Globalization;

namespace Marketline.Core.Extract.Scoring;

/// <summary>
/// Compares found records with a ground truth. A value is right when it equals one of the accepted ones: prices as decimals, the
/// rest to the letter. A page without a record counts as one on which nothing was found.
/// </summary>
public static class ExtractionScorer
{
    public const string Price = "price";
    public const string Sku = "sku";
    public const string Availability = "availability";

    public static IReadOnlyList<FieldScore> Score(IReadOnlyDictionary<string, GroundTruthPage> truth, IReadOnlyDictionary<string, ScoredRecord> found) =>
        [
            Score(Price, truth, found, record => record.Price?.ToString(CultureInfo.InvariantCulture), IsSamePrice),
            Score(Sku, truth, found, record => record.Sku, string.Equals),
            Score(Availability, truth, found, record => record.Availability, string.Equals),
        ];

    /// <summary>Whether one found value is among the accepted ones of its field.</summary>
    public static bool IsRight(string field, string value, IReadOnlyList<string> accepted) =>
        accepted.Any(right => field == Price ? IsSamePrice(value, right) : value == right);

    private static FieldScore Score(
        string field,
        IReadOnlyDictionary<string, GroundTruthPage> truth,
        IReadOnlyDictionary<string, ScoredRecord> found,
        Func<ScoredRecord, string?> select,
        Func<string, string, bool> isSame
    )
    {
        var (truePositives, falsePositives, falseNegatives) = (0, 0, 0);
        foreach (var (key, page) in truth)
        {
            var value = found.TryGetValue(key, out var record) ? select(record)?.Trim() : null;
            var accepted = page.Accepted.GetValueOrDefault(field, []);
            var isRight = value is not null && accepted.Any(right => isSame(value, right));
            truePositives += isRight ? 1 : 0;
            falsePositives += value is not null && !isRight ? 1 : 0;
            falseNegatives += accepted.Count > 0 && !isRight ? 1 : 0;
        }

        return new FieldScore(field, truePositives, falsePositives, falseNegatives);
    }

    private static bool IsSamePrice(string found, string accepted) =>
        decimal.TryParse(found, NumberStyles.Number, CultureInfo.InvariantCulture, out var left)
        && decimal.TryParse(accepted, NumberStyles.Number, CultureInfo.InvariantCulture, out var right)
        && left == right;
}
