namespace Marketline.LocalHost.DemoMarketplace.Faults;

/// <summary>
/// Which product has which fault: of every 100 products in a row <paramref name="percent"/>, spread out, the kinds in turn.
/// Slow and big ones come only once.
/// </summary>
internal sealed class FaultPlan(int percent)
{
    /// <summary>Prime to 100, so that every block of 100 is a permutation.</summary>
    private const int Stride = 37;

    private static readonly FaultKind[] Kinds = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)];

    public static FaultPlan None { get; } = new(0);

    public FaultKind KindOf(int index)
    {
        var rank = index * (long)Stride % 100;
        if (rank >= percent)
        {
            return FaultKind.None;
        }

        var ordinal = (index / 100 * (long)percent) + rank;
        var kind = Kinds[ordinal % Kinds.Length];
        var isFirstRound = ordinal < Kinds.Length;
        return isFirstRound || !IsCostly(kind) ? kind : FaultKind.ServerErrorTwice;
    }

    private static bool IsCostly(FaultKind kind) =>
        kind is FaultKind.StallsBeforeHeaders or FaultKind.StallsInBody or FaultKind.HugePage or FaultKind.GzipBomb;
}
