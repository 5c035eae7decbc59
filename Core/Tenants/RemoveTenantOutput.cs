namespace Marketline.Core.Tenants;

public sealed record RemoveTenantOutput;
