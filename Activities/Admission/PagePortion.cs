using Marketline.Core.Naming;

namespace Marketline.Activities.Admission;

/// <summary>Pages that may be fetched.</summary>
/// <param name="Count">Less than <paramref name="Wanted"/> when the day's bound is reached.</param>
/// <param name="Window">Null when they are not counted.</param>
public sealed record PagePortion(TenantId TenantId, int Count, int Wanted, string? Window)
{
    public bool IsCutShort => Count < Wanted;
}
