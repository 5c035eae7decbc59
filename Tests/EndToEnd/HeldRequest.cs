namespace Marketline.Tests.EndToEnd;

/// <summary>A request that waits at a <see cref="StorageGate"/> until it is released or its sender goes away.</summary>
internal sealed class HeldRequest(Func<StorageRequest, bool> which)
{
    private readonly TaskCompletionSource _caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when there is one.</summary>
    public Task Caught => _caught.Task;

    public Task Released => _released.Task;

    public void Release() => _released.TrySetResult();

    /// <summary>True once only.</summary>
    public bool TryCatch(StorageRequest request) => which(request) && _caught.TrySetResult();
}
