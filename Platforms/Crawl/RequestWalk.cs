using Marketline.Core.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// From an address to its last answer: in turn, on through redirects, again after what passes by itself. Every hop is admitted
/// before it is asked.
/// </summary>
internal sealed class RequestWalk(SiteThrottle throttle, IOptions<CrawlOptions> options, TimeProvider time)
{
    /// <param name="start">Where to begin.</param>
    /// <param name="send">Asks an address once.</param>
    /// <param name="admit">Says of every hop why it may not be asked.</param>
    /// <param name="cancellationToken">Ends the walk by an exception; nothing else does.</param>
    /// <returns>Null when it has to be given back, because the time box is over or the site asked for a longer pause.</returns>
    public async Task<WalkResult?> GoAsync(
        Uri start,
        Func<Uri, CancellationToken, Task<Answer>> send,
        Func<Uri, CancellationToken, ValueTask<Admission>> admit,
        CancellationToken cancellationToken
    )
    {
        var (address, redirectCount, attempt, isRedirected) = (start, 0, 0, false);
        while (true)
        {
            var admission = await admit(address, cancellationToken);
            if (admission.Refusal is { } refusal)
            {
                return Result(new Answer { Failure = refusal });
            }

            if (admission.IsDeferred || !await throttle.WaitTurnAsync(cancellationToken))
            {
                return null;
            }

            attempt += isRedirected ? 0 : 1;
            var answer = await SendAsync(send, address, cancellationToken);
            throttle.Record(answer);
            isRedirected = answer.RedirectsTo is not null;
            if (answer.RedirectsTo is { } next)
            {
                if (++redirectCount > options.Value.MaxRedirects)
                {
                    return Result(answer with { Failure = TooManyRedirects() });
                }

                address = next;
            }
            else if (answer.Failure is not { IsRetryable: true } || attempt >= options.Value.MaxAttempts)
            {
                return Result(answer);
            }
            else if (throttle.IsSentAway || !await TryWaitAsync(attempt, cancellationToken))
            {
                return throttle.HasNoPauseLeft ? Result(answer) : null;
            }
        }

        WalkResult Result(Answer answer) => new(answer, address, attempt, redirectCount > 0, time.GetUtcNow());
    }

    private async Task<Answer> SendAsync(Func<Uri, CancellationToken, Task<Answer>> send, Uri address, CancellationToken cancellationToken)
    {
        using var place = await throttle.EnterAsync(cancellationToken);
        return await send(address, cancellationToken);
    }

    /// <summary>Half to one and a half of the delay, so that what failed together does not come back together.</summary>
    private ValueTask<bool> TryWaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var delay = options.Value.RetryDelay * (1 << (attempt - 1)) * (0.5 + Random.Shared.NextDouble());
        return throttle.TryWaitAsync(delay, cancellationToken);
    }

    private FetchFailure TooManyRedirects() =>
        new(FetchReasons.TooManyRedirects, $"More than {options.Value.MaxRedirects} redirects in a row.");
}
