using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>What an orchestrator's context needs of its surroundings.</summary>
/// <param name="Converter">The form of inputs, outputs and events.</param>
/// <param name="Loggers">Where replay-safe loggers write to.</param>
/// <param name="DefaultVersion">The version of sub-orchestrations that name none.</param>
/// <param name="ReportStray">Told when the code runs where it may not.</param>
internal sealed record OrchestratorServices(
    DataConverter Converter,
    ILoggerFactory Loggers,
    string DefaultVersion,
    Action ReportStray);
