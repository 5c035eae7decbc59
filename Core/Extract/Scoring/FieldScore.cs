namespace Marketline.Core.Extract.Scoring;

/// <summary>How well one field was found over all pages.</summary>
/// <param name="Field"><c>price</c>, <c>sku</c> or <c>availability</c>.</param>
/// <param name="TruePositiveCount">Right values.</param>
/// <param name="FalsePositiveCount">Wrong values, and values where there is none.</param>
/// <param name="FalseNegativeCount">Wrong or missing values where there is one.</param>
public sealed record FieldScore(string Field, int TruePositiveCount, int FalsePositiveCount, int FalseNegativeCount)
{
    public double Precision => Share(TruePositiveCount, TruePositiveCount + FalsePositiveCount);

    public double Recall => Share(TruePositiveCount, TruePositiveCount + FalseNegativeCount);

    public double F1 => Share(2 * TruePositiveCount, (2 * TruePositiveCount) + FalsePositiveCount + FalseNegativeCount);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
