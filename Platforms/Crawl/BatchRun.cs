using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// One pass over a batch. All state is changed by one coordinating loop; the fetches only hand in their results. A result waits
/// for those before it, within a bound of bytes.
/// </summary>
internal sealed class BatchRun
{
    private const long MaxWaitingBytes = 16 * 1_048_576;

    private readonly BatchCrawlRequest _request;
    private readonly PageFetcher _fetcher;
    private readonly ThrottleSettings _settings;
    private readonly int _maxConcurrency;
    private readonly TimeProvider _time;

    private readonly List<CrawlTarget> _targets;
    private readonly HashSet<string> _known;
    private readonly List<string> _done;
    private readonly List<CrawlTarget> _givenBack = [];
    private readonly List<CrawlTarget> _found = [];
    private readonly Dictionary<int, FetchedPage?> _waiting = [];
    private readonly Channel<Result> _results = Channel.CreateUnbounded<Result>(new() { SingleReader = true });

    private int _startedCount;
    private int _emittedCount;
    private int _runningCount;
    private long _waitingBytes;
    private long _usualBytes = MaxWaitingBytes / 2;
    private int _pageCount;
    private int _errorCount;
    private long _byteCount;
    private string? _lastFailure;
    private BatchCrawlEnd? _end;

    public BatchRun(
        BatchCrawlRequest request,
        PageFetcher fetcher,
        ThrottleSettings settings,
        int maxConcurrency,
        TimeProvider time
    )
    {
        (_request, _fetcher, _settings, _maxConcurrency, _time) = (request, fetcher, settings, maxConcurrency, time);
        _targets = [.. request.Frontier.Remaining.DistinctBy(target => target.Url)];
        _known = [.. request.Frontier.Done, .. request.FollowUps is null ? [] : _targets.Select(CrawlFrontier.DoneKey)];
        _done = [.. request.Frontier.Done];
    }

    public async Task<BatchCrawlResult> RunAsync(
        Func<FetchedPage, CancellationToken, ValueTask> sink,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                StartMore(stop.Token);
                if (_runningCount > 0)
                {
                    Take(await _results.Reader.ReadAsync(cancellationToken));
                    await EmitAsync(sink, cancellationToken);
                }
                else if (!await TakeFoundAsync(cancellationToken))
                {
                    break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await DrainAsync();
        }

        if (IsGivenUp)
        {
            await GiveUpAsync(sink, cancellationToken);
        }

        return Finish();
    }

    private bool IsGivenUp => AutoThrottle.IsGivenUp(_fetcher.ThrottleState, _settings);

    /// <summary>After a pause one request at a time probes whether the site is back. Large pages come few at a time, too, and all are taken for such until some have come.</summary>
    private int Concurrency => _fetcher.ThrottleState.PauseCount > 0 ? 1 : (int)Math.Clamp(MaxWaitingBytes / Math.Max(_usualBytes, 1), 1, _maxConcurrency);

    private void StartMore(CancellationToken cancellationToken)
    {
        while (_startedCount < _targets.Count && _runningCount < Concurrency && _waitingBytes < MaxWaitingBytes)
        {
            _end ??= WhyToStop();
            if (_end is not null)
            {
                return;
            }

            _runningCount++;
            var target = _targets[_startedCount];
            _ = FetchAsync(_startedCount, target, _request.Known?.Invoke(target), cancellationToken);
            _startedCount++;
        }
    }

    private BatchCrawlEnd? WhyToStop()
    {
        if (_request.IsStopped?.Invoke() ?? false)
        {
            return BatchCrawlEnd.Stopped;
        }

        var state = _fetcher.ThrottleState;
        if (AutoThrottle.NeedsPause(state, _settings) || _fetcher.Throttle.IsSentAway)
        {
            return BatchCrawlEnd.SitePaused;
        }

        if (state.NextRequestUtc >= _request.DeadlineUtc || _time.GetUtcNow() >= _request.DeadlineUtc)
        {
            return BatchCrawlEnd.TimeBox;
        }

        var isUsedUp =
            _startedCount - _givenBack.Count >= _request.MaxPageCount
            || _byteCount + _waitingBytes >= _request.MaxByteCount
            || _errorCount >= _request.MaxErrorCount;
        return isUsedUp ? BatchCrawlEnd.Budget : null;
    }

    /// <remarks>Whatever happens is handed to the coordinator, which waits for every fetch.</remarks>
    private async Task FetchAsync(int index, CrawlTarget target, KnownPage? known, CancellationToken cancellationToken)
    {
        try
        {
            var page = await _fetcher.TryFetchAsync(target, known, cancellationToken);
            _results.Writer.TryWrite(new Result(index, page, null));
        }
        catch (Exception exception)
        {
            _results.Writer.TryWrite(new Result(index, null, ExceptionDispatchInfo.Capture(exception)));
        }
    }

    private void Take(Result result)
    {
        _runningCount--;
        result.Error?.Throw();
        _waiting.Add(result.Index, result.Page);
        var bytes = result.Page?.Body.Length ?? 0;
        _waitingBytes += bytes;
        _usualBytes = Math.Max(bytes, _usualBytes / 2);
    }

    private async ValueTask EmitAsync(Func<FetchedPage, CancellationToken, ValueTask> sink, CancellationToken cancellationToken)
    {
        while (_waiting.Remove(_emittedCount, out var page))
        {
            var target = _targets[_emittedCount++];
            if (page is null)
            {
                _givenBack.Add(target);
                continue;
            }

            _waitingBytes -= page.Body.Length;
            await EmitAsync(target, page, sink, cancellationToken);
            if (_request.PageDone is { } pageDone)
            {
                await pageDone(Left, cancellationToken);
            }
        }
    }

    /// <summary>What is not in the sink yet, under way or not.</summary>
    private CrawlFrontier Left() => new([.. _givenBack, .. _targets[_emittedCount..], .. _found], [.. _done]);

    private async ValueTask EmitAsync(
        CrawlTarget target,
        FetchedPage page,
        Func<FetchedPage, CancellationToken, ValueTask> sink,
        CancellationToken cancellationToken
    )
    {
        _pageCount++;
        _byteCount += page.Body.Length;
        _errorCount += page.FailureReason is null or FetchReasons.RobotsDisallowed ? 0 : 1;
        _lastFailure = page.FailureReason ?? _lastFailure;
        await sink(page, cancellationToken);
        _request.ThrottleChanged?.Invoke(_fetcher.ThrottleState);
        if (_request.FollowUps is not null)
        {
            _done.Add(CrawlFrontier.DoneKey(target));
            _found.AddRange(page.FailureReason is null ? FollowUps(target, page).Where(IsNew) : []);
        }
    }

    /// <summary>What pages lead to has its turn when all before it is through, so that one look at the other batches does for many.</summary>
    private async Task<bool> TakeFoundAsync(CancellationToken cancellationToken)
    {
        if (_found.Count == 0)
        {
            return false;
        }

        _targets.AddRange(_request.Unseen is { } unseen ? await unseen([.. _found], cancellationToken) : _found);
        _found.Clear();
        return true;
    }

    private IEnumerable<CrawlTarget> FollowUps(CrawlTarget target, FetchedPage page)
    {
        var found = page.Known is { } known ? known.Version.FollowUps.Select(url => new CrawlTarget(url)) : _request.FollowUps!(page);
        return _request.Wanted?.Invoke(target, page, found) ?? found;
    }

    private bool IsNew(CrawlTarget target) => _known.Add(CrawlFrontier.DoneKey(target));

    private async Task GiveUpAsync(Func<FetchedPage, CancellationToken, ValueTask> sink, CancellationToken cancellationToken)
    {
        var reason = _lastFailure ?? FetchReasons.Blocked;
        var failure = new FetchFailure(reason, $"Not asked for: the site failed again and again, last with '{reason}'.");
        foreach (var target in Remaining())
        {
            await EmitAsync(target, _fetcher.Failed(target, failure), sink, cancellationToken);
        }

        _givenBack.Clear();
        _startedCount = _targets.Count;
    }

    private List<CrawlTarget> Remaining() => [.. _givenBack, .. _targets[_startedCount..]];

    private BatchCrawlResult Finish()
    {
        var remaining = Remaining();
        var end =
            remaining.Count == 0 ? BatchCrawlEnd.Completed
            : _end ?? (_fetcher.Throttle.IsSentAway ? BatchCrawlEnd.SitePaused : BatchCrawlEnd.TimeBox);
        if (end == BatchCrawlEnd.SitePaused)
        {
            _fetcher.Throttle.Change(state => AutoThrottle.Pause(state, _settings, _time.GetUtcNow()));
        }

        return new BatchCrawlResult
        {
            End = end,
            Frontier = new CrawlFrontier(remaining, remaining.Count == 0 ? [] : _done),
            Throttle = _fetcher.ThrottleState,
            PageCount = _pageCount,
            ErrorCount = _errorCount,
            ByteCount = _byteCount,
        };
    }

    private async Task DrainAsync()
    {
        while (_runningCount > 0)
        {
            await _results.Reader.ReadAsync(CancellationToken.None);
            _runningCount--;
        }
    }

    private sealed record Result(int Index, FetchedPage? Page, ExceptionDispatchInfo? Error);
}
