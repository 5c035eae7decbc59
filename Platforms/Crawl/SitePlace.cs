namespace Marketline.Platforms.Crawl;

/// <summary>A place among the requests that a site works on.</summary>
internal sealed class SitePlace(SemaphoreSlim places) : IDisposable
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
