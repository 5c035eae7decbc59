using System.Globalization;

namespace Marketline.Functions.Http.Runs;

/// <summary>Where a page of a run's objects ended.</summary>
internal sealed record RunObjectPlace(int Batch, int Index)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Batch}.{Index}");

    /// <param name="text">Of a cursor that we have signed.</param>
    public static RunObjectPlace? Parse(string text) =>
        text.Split('.') is [var batch, var index]
            ? new RunObjectPlace(int.Parse(batch, CultureInfo.InvariantCulture), int.Parse(index, CultureInfo.InvariantCulture))
            : null;
}
