namespace Marketline.Core.Runs;

/// <summary>Runs as those know them who start one.</summary>
public static class RunContracts
{
    /// <summary>The orchestration of a run; its input is a <see cref="RunInput"/>.</summary>
    public const string Orchestrator = "TenantCrawlOrchestrator";
}
