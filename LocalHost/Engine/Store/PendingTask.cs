namespace Marketline.LocalHost.Engine.Store;

/// <summary>An activity that has to be run.</summary>
/// <param name="Seq">Its place in the queue, and its row.</param>
/// <param name="Instance">The calling instance's key.</param>
/// <param name="InstanceId">The calling instance.</param>
/// <param name="Execution">The calling execution.</param>
/// <param name="TaskId">The call's number there.</param>
/// <param name="Name">The activity.</param>
/// <param name="Input">Null as well where <paramref name="InputIsInStore"/>.</param>
/// <param name="InputIsInStore">A long input stays in the store until the activity runs, so that a long queue stays small.</param>
/// <param name="TraceParent">The call's trace context.</param>
internal sealed record PendingTask(
    long Seq,
    long Instance,
    string InstanceId,
    int Execution,
    int TaskId,
    string Name,
    string? Input,
    bool InputIsInStore,
    string? TraceParent)
{
    public const int LongInput = 4096;
}
