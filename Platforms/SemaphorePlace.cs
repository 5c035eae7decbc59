namespace Marketline.Platforms;

/// <summary>A place among those that a semaphore has; given back once, however often it is disposed.</summary>
internal sealed class SemaphorePlace(SemaphoreSlim places) : IDisposable
{
    private int _isLeft;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            places.Release();
        }
    }
}
