namespace Marketline.Core.Tenants;

/// <param name="RunningCount">Orchestrations of the tenant that still go on; the histories of all others are gone.</param>
public sealed record StopTenantOutput(int RunningCount);
