namespace Marketline.Platforms.Render;

/// <summary>The right to render one page in the worker's browser.</summary>
/// <param name="browser">The browser.</param>
/// <param name="proxy">This worker's proxy; null when the browser's traffic goes through one elsewhere.</param>
/// <param name="leave">Called once, when the page is over.</param>
internal sealed class BrowserPlace(RunningBrowser browser, GuardingProxy? proxy, Action leave) : IDisposable
{
    private int _isLeft;

    public RunningBrowser Browser => browser;

    public GuardingProxy? Proxy => proxy;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            leave();
        }
    }
}
