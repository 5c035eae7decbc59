namespace Marketline.LocalHost.Cli.Demo;

/// <summary>A tenant of the demo with its plans.</summary>
internal sealed record DemoTenant(string TenantId, string DisplayName, IReadOnlyList<DemoPlan> Plans);
