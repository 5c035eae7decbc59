using Marketline.LocalHost.Engine.Scheduling;

namespace Marketline.LocalHost.Engine.Store;

/// <param name="Instance">The instance whose turn was stored.</param>
/// <param name="Keep">Whether its code may wait in memory for the next turn.</param>
internal sealed record TurnEnd(LiveInstance Instance, bool Keep);
