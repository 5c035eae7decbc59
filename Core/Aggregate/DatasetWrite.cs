namespace Marketline.Core.Aggregate;

/// <summary>A gold file that a run wrote.</summary>
/// <param name="Name">The dataset, such as <c>latest_offers</c>.</param>
/// <param name="Blob">In the tenant's container.</param>
public sealed record DatasetWrite(string Name, string Blob, long RowCount);
