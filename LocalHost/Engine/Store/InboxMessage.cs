using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Something that an instance has to take in.</summary>
/// <param name="Instance">The instance's key.</param>
/// <param name="Seq">Its place among the instance's messages; <see cref="NotStored"/> for a mere wake-up.</param>
/// <param name="Execution">The only execution that it is meant for, or <see cref="AnyExecution"/>.</param>
/// <param name="Event">Null for a wake-up.</param>
internal sealed record InboxMessage(long Instance, long Seq, int Execution, HistoryEvent? Event)
{
    public const int AnyExecution = -1;

    public const long NotStored = long.MinValue;
}
