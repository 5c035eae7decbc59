using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>A plan of a demo tenant.</summary>
internal sealed record DemoPlan(string PlanId, PlanBody Body);
