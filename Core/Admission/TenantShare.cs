namespace Marketline.Core.Admission;

/// <summary>What a tenant may have of a pool.</summary>
/// <param name="Weight">Relative to the others', while more is wanted than there is.</param>
/// <param name="MaxGranted">Its places at a time, whatever is free.</param>
public sealed record TenantShare(int Weight, int MaxGranted)
{
    /// <summary>For a pool that one tenant has to itself.</summary>
    public static readonly TenantShare Unbounded = new(1, int.MaxValue);
}
