namespace Marketline.Core.Tenants;

/// <summary>What lies in a tenant's container, as it was measured.</summary>
/// <param name="Zones">By name: the first part of the blobs' names, such as <c>raw</c> or <c>gold</c>.</param>
public sealed record StoredBytes(DateTimeOffset MeasuredUtc, IReadOnlyList<ZoneBytes> Zones)
{
    public int SchemaVersion { get; init; } = 1;

    public long TotalBytes => Zones.Sum(zone => zone.SizeBytes);
}
