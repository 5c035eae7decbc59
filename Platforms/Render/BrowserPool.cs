using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Render;

/// <summary>
/// The worker's one browser: started with the first page, shared by so many pages at a time, replaced when it has rendered its
/// share, is gone, or takes too much memory. A new one starts when the last page of the old one is over.
/// </summary>
internal sealed partial class BrowserPool : IAsyncDisposable, IDisposable
{
    /// <summary>A browser that does not start is not tried again for every page: that takes up to half a minute each time.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly RenderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AddressGuard _guard;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _change = new(1);
    private readonly CancellationTokenSource _stop = new();
    private RunningBrowser? _browser;
    private GuardingProxy? _ownProxy;
    private TaskCompletionSource _isIdle = new();
    private BrowserUnavailableException? _problem;
    private long _problemAt;
    private int _pageCount;
    private int _underWay;

    public BrowserPool(IOptions<RenderOptions> options, AddressGuard guard, TimeProvider time, ILogger<BrowserPool> logger)
    {
        (_options, _guard, _time, _logger) = (options.Value, guard, time, logger);
        _places = new SemaphoreSlim(_options.MaxConcurrency);
    }

    /// <summary>Of the browser on this machine.</summary>
    public int? ProcessId => _browser?.ProcessId;

    /// <summary>Pages that are under way, unless something is left behind.</summary>
    public int ContextCount => _browser?.ContextCount ?? 0;

    /// <summary>Why the last start failed; null when it did not.</summary>
    public string? Problem => _problem?.Message;

    /// <summary>Of the browser on this machine, all that it has.</summary>
    public Task<int[]> ProcessIdsAsync() => _browser?.ProcessIdsAsync() ?? Task.FromResult<int[]>([]);

    public Task<long?> MemoryBytesAsync() => _browser?.MemoryBytesAsync() ?? Task.FromResult<long?>(null);

    /// <returns>A place in the browser, to be disposed.</returns>
    /// <exception cref="BrowserUnavailableException">There is no browser.</exception>
    public async Task<BrowserPlace> TakeAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await _change.WaitAsync(cancellationToken);
            try
            {
                var browser = await CurrentAsync(cancellationToken);
                _pageCount++;
                Enter(browser);
                return new BrowserPlace(browser, _options.ProxyAddress.Length > 0 ? null : _ownProxy, Leave);
            }
            finally
            {
                _change.Release();
            }
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_browser is { } browser)
        {
            await browser.DisposeAsync();
        }

        if (_ownProxy is { } proxy)
        {
            await proxy.DisposeAsync();
        }

        _stop.Dispose();
        _places.Dispose();
        _change.Dispose();
    }

    /// <remarks>For containers that are not disposed asynchronously.</remarks>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <remarks>Under <see cref="_change"/>: nobody else enters while an old browser is waited for and a new one starts.</remarks>
    private async Task<RunningBrowser> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_browser is { IsConnected: true } good && _pageCount < _options.PagesPerBrowser)
        {
            return good;
        }

        if (_browser is { } old)
        {
            await WhenIdleAsync().WaitAsync(cancellationToken);
            _browser = null;
            await old.DisposeAsync();
        }

        if (_options.ProxyAddress.Length == 0)
        {
            _ownProxy ??= new GuardingProxy(_guard, ProxyPasses.Create(), _options, _time, _logger);
        }

        var started = _time.GetTimestamp();
        var browser = await StartAsync(cancellationToken);
        (_browser, _pageCount) = (browser, 0);
        LogStarted(browser.ProcessId ?? 0, _time.GetElapsedTime(started).TotalMilliseconds);
        return browser;
    }

    private async Task<RunningBrowser> StartAsync(CancellationToken cancellationToken)
    {
        if (_problem is { } problem && _time.GetElapsedTime(_problemAt) < RetryAfter)
        {
            throw new BrowserUnavailableException(problem.Message, problem);
        }

        try
        {
            var proxy = _ownProxy is null ? new Uri(_options.ProxyAddress) : new Uri($"http://{_ownProxy.EndPoint}");
            var browser = await RunningBrowser.StartAsync(_options, proxy, cancellationToken);
            _problem = null;
            return browser;
        }
        catch (BrowserUnavailableException exception)
        {
            (_problem, _problemAt) = (exception, _time.GetTimestamp());
            LogNotStarted(exception, exception.Message);
            throw;
        }
    }

    private void Enter(RunningBrowser browser)
    {
        lock (_lock)
        {
            if (_underWay++ == 0)
            {
                _isIdle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _ = WatchAsync(browser, _isIdle.Task);
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_underWay == 0)
            {
                _isIdle.TrySetResult();
            }
        }

        _places.Release();
    }

    private Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _underWay == 0 ? Task.CompletedTask : _isIdle.Task;
        }
    }

    /// <summary>While pages are under way: scripts may fill more than their heap, and a browser has more than one page.</summary>
    private async Task WatchAsync(RunningBrowser browser, Task isIdle)
    {
        while (await Task.WhenAny(isIdle, Task.Delay(WatchInterval, _time, _stop.Token)) != isIdle && !_stop.IsCancellationRequested)
        {
            if (await browser.MemoryBytesAsync() is { } bytes && bytes > _options.MaxBrowserMegabytes * 1_048_576L)
            {
                LogTooLarge(bytes / 1_048_576, _options.MaxBrowserMegabytes);
                browser.Kill();
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The browser has started as process {ProcessId} in {Milliseconds:0} ms.")]
    private partial void LogStarted(int processId, double milliseconds);

    [LoggerMessage(LogLevel.Error, "No page can be rendered: {Reason}")]
    private partial void LogNotStarted(Exception exception, string reason);

    [LoggerMessage(LogLevel.Warning, "The browser took {Megabytes} MB, more than Render:MaxBrowserMegabytes ({Limit}); it is ended, and its pages fail.")]
    private partial void LogTooLarge(long megabytes, int limit);
}
