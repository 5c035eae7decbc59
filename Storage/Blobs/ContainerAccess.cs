namespace Marketline.Storage.Blobs;

/// <summary>A way into a tenant's container for a short time. <see cref="SasUrl"/> is a secret.</summary>
public sealed record ContainerAccess(Uri ContainerUrl, Uri SasUrl, DateTimeOffset ExpiresUtc);
