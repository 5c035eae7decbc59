using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>A timer whose time has come, and the event that its instance gets.</summary>
internal sealed record DueTimer(long Instance, int Execution, int TaskId, HistoryEvent Event);
