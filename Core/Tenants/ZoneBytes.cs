namespace Marketline.Core.Tenants;

/// <summary>One zone of a tenant's container.</summary>
public sealed record ZoneBytes(string Zone, long BlobCount, long SizeBytes);
