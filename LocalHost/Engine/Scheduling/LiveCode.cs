using System.Diagnostics;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Store;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>The running code of an instance, with the row as it stands after its last turn.</summary>
internal sealed record LiveCode(InstanceRow Row, OrchestratorExecution Execution, Activity? Trace);
