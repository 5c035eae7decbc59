using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Api;
using Marketline.Platforms.Render;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The polite way to one site, for planning and for batches alike: SSRF guard, robots.txt, pacing, limits, retries. Made by
/// <see cref="PageFetcherFactory"/>, one for each lease of a site.
/// </summary>
public sealed class PageFetcher : IPageFetcher, IDisposable
{
    /// <summary>What sitemaps and feeds come as.</summary>
    private static readonly string[] FileTypes = ["application/xml", "text/xml", "rss+xml", "atom+xml", "gzip", "text/csv", "text/tab-separated-values"];

    private static readonly string[] FileEndings = [".gz", ".tsv", ".csv", ".txt"];

    private readonly HttpExchange _exchange;
    private readonly AddressGuard _guard;
    private readonly RobotsCache _robots;
    private readonly RequestWalk _walk;
    private readonly SiteThrottle _throttle;
    private readonly CrawlOptions _options;
    private readonly TimeProvider _time;
    private readonly ApiSession? _api;
    private readonly string? _platform;

    /// <summary>Those of one site, for as long as somebody holds its lease: no other tenant and no other run ever sees them.</summary>
    private readonly SiteCookies _cookies = new();

    internal PageFetcher(
        HttpExchange exchange,
        AddressGuard guard,
        RobotsCache robots,
        RequestWalk walk,
        SiteThrottle throttle,
        CrawlOptions options,
        TimeProvider time,
        ApiSession? api,
        string? platform
    )
    {
        _exchange = exchange;
        _guard = guard;
        _robots = robots;
        _walk = walk;
        _throttle = throttle;
        _options = options;
        _time = time;
        _api = api;
        _platform = platform;
    }

    /// <summary>How the site is doing by now; to be stored with the site's lease.</summary>
    public SiteThrottleState ThrottleState => _throttle.State;

    internal SiteThrottle Throttle => _throttle;

    /// <summary>Asked after a page was read; null: it is taken as sent.</summary>
    internal PageRendering? Rendering { get; init; }

    public async Task<FetchedPage> FetchAsync(CrawlTarget target, CancellationToken cancellationToken) =>
        await TryFetchAsync(target, known: null, cancellationToken)
        ?? Failed(target, new FetchFailure(FetchReasons.Blocked, $"The site is not to be asked before {_throttle.State.NextRequestUtc:u}."));

    public void Dispose()
    {
        Rendering?.Dispose();
        _throttle.Dispose();
    }

    /// <param name="known">What an earlier run has read there: the page comes without a body when it is still the same.</param>
    /// <returns>Null when the target has to be given back: the time box is over, or would be before the site may be asked.</returns>
    internal async Task<FetchedPage?> TryFetchAsync(CrawlTarget target, KnownPage? known, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        if (!Uri.TryCreate(target.FetchUrl ?? target.Url, UriKind.Absolute, out var start))
        {
            return Failed(target, new FetchFailure(FetchReasons.AddressRefused, "The target is no absolute address."));
        }

        if (target.Call is { IsPublic: false } && _api is null)
        {
            return Failed(target, new FetchFailure(FetchReasons.CredentialsMissing, "The credentials for the platform's API are not there any more: give them again, or start the plan anew."));
        }

        var fetched = await FetchFromAsync(target, known, start, start, started, cancellationToken);
        if (fetched is not { } read || Rendering is null || target.Call is not null || read.Page.Known is not null)
        {
            return fetched?.Page;
        }

        var gate = new RenderGate(
            read.Address,
            _cookies,
            MayLoadAsync,
            (next, token) => FetchFromAsync(target, known: null, start, next, started, token)
        );
        return await Rendering.CompleteAsync(read.Page, gate, cancellationToken);
    }

    /// <param name="target">What is wanted.</param>
    /// <param name="known">What an earlier run has read there.</param>
    /// <param name="start">Where the target is, which says what its site is.</param>
    /// <param name="from">Where to begin: there, or where a page's scripts went on to.</param>
    private async Task<(FetchedPage Page, Uri Address)?> FetchFromAsync(
        CrawlTarget target,
        KnownPage? known,
        Uri start,
        Uri from,
        long started,
        CancellationToken cancellationToken
    )
    {
        var result = await WalkAsync(target.Call, start, from, known?.Version, cancellationToken);
        if (result is null)
        {
            return null;
        }

        var answer = result.Answer;
        Judge(answer);
        var same = Same(known, answer, result.EndedUtc);
        var page = new FetchedPage
        {
            Url = target.Url,
            FinalUrl = FinalUrl(target, start, result),
            FetchedUtc = result.EndedUtc,
            StatusCode = answer.StatusCode,
            ContentType = answer.ContentType,
            Body = answer.Failure is null && same is null ? answer.Body : default,
            Known = same,
            ETag = result.IsRedirected ? null : answer.ETag,
            LastModified = result.IsRedirected ? null : answer.LastModified,
            FailureReason = answer.Failure?.Reason,
            FailureDetail = answer.Failure?.Detail,
            AttemptCount = result.AttemptCount,
            Elapsed = _time.GetElapsedTime(started),
        };
        return (page, result.Address);
    }

    private Task<WalkResult?> WalkAsync(ApiCall? call, Uri start, Uri from, PageVersion? known, CancellationToken cancellationToken)
    {
        return call switch
        {
            null => _walk.GoAsync(from, SendPageAsync, AdmitPageAsync, cancellationToken),
            { IsPublic: true } => _walk.GoAsync(start, async (hop, token) => (await _exchange.SendAsync(ApiRequest.Of(call, hop), type => LimitOf(type, start), _platform, token)).Answer, AdmitPageAsync, cancellationToken),
            _ => _walk.GoAsync(start, (hop, token) => _api!.CallAsync(call, hop, type => LimitOf(type, hop), token), AdmitCallAsync, cancellationToken),
        };

        // The version that is there already is asked for at the start only: a redirect leads to another page.
        Task<Answer> SendPageAsync(Uri hop, CancellationToken token) =>
            _exchange.SendAsync(hop, type => LimitOf(type, start), ReferenceEquals(hop, start) ? known : null, _cookies, _platform, token);

        ValueTask<Admission> AdmitPageAsync(Uri hop, CancellationToken token) => AdmitAsync(start, hop, token);
    }

    /// <returns>The known page with what the site calls it now; null for another one.</returns>
    private static KnownPage? Same(KnownPage? known, Answer answer, DateTimeOffset checkedUtc)
    {
        if (known is null || answer.Failure is not null)
        {
            return null;
        }

        var isSame = answer.IsNotModified || (answer.StatusCode == 200 && Digest.Of(answer.Body.Span) == known.Version.BodyDigest);
        return isSame
            ? known with
            {
                Version = known.Version with
                {
                    ETag = answer.ETag ?? known.Version.ETag,
                    LastModified = answer.LastModified ?? known.Version.LastModified,
                    CheckedUtc = checkedUtc,
                },
            }
            : null;
    }

    /// <summary>A page that was given up without a request.</summary>
    internal FetchedPage Failed(CrawlTarget target, FetchFailure failure) =>
        new()
        {
            Url = target.Url,
            FinalUrl = target.Url,
            FetchedUtc = _time.GetUtcNow(),
            FailureReason = failure.Reason,
            FailureDetail = failure.Detail,
            AttemptCount = 0,
        };

    /// <summary>An API is asked under its own terms, with credentials: robots.txt is for those who have none (RFC 9309 §1).</summary>
    private ValueTask<Admission> AdmitCallAsync(Uri address, CancellationToken cancellationToken) => ValueTask.FromResult(new Admission(_guard.Check(address)));

    /// <summary>A page's part: past the guard, and of the page's own site only what its robots.txt allows.</summary>
    private async ValueTask<bool> MayLoadAsync(Uri page, Uri part, CancellationToken cancellationToken) =>
        _guard.Check(part) is null
        && (part.Authority != page.Authority || await AdmitAsync(page, part, cancellationToken) is { Refusal: null, IsDeferred: false });

    private async ValueTask<Admission> AdmitAsync(Uri start, Uri hop, CancellationToken cancellationToken)
    {
        if (_guard.Check(hop) is { } refusal)
        {
            return new Admission(refusal);
        }

        if (WallAddress.Find(start, hop) is { } wall)
        {
            return new Admission(new FetchFailure(wall, $"The page redirects to {hop.GetLeftPart(UriPartial.Path)}."));
        }

        if (!ReferenceEquals(start, hop) && !SiteScope.IsSameSite(start, hop))
        {
            return new Admission(new FetchFailure(FetchReasons.RedirectedOffSite, $"The page redirects to another site, {hop.Host}."));
        }

        if (hop.AbsolutePath == "/robots.txt")
        {
            return Admission.Granted;
        }

        var verdict = await _robots.GetAsync(hop, FetchRobotsAsync, cancellationToken);
        if (verdict is null)
        {
            return new Admission(null, IsDeferred: true);
        }

        _throttle.Wish(verdict.Rules.CrawlDelay);
        return new Admission(
            verdict.Failure
                ?? (verdict.Rules.IsAllowed(hop) ? null : new FetchFailure(FetchReasons.RobotsDisallowed, "robots.txt forbids this address."))
        );
    }

    /// <remarks>Redirects of robots.txt may lead to other sites (RFC 9309 §2.3.1.2), but not past the guard.</remarks>
    internal Task<WalkResult?> FetchRobotsAsync(Uri address, CancellationToken cancellationToken) =>
        _walk.GoAsync(
            address,
            (hop, token) => _exchange.SendAsync(hop, _ => new BodyLimit(RobotsRules.MaxParsedBytes, IsTruncating: true), known: null, _cookies, _platform, token),
            (hop, _) => ValueTask.FromResult(new Admission(_guard.Check(hop))),
            cancellationToken
        );

    private BodyLimit LimitOf(string contentType, Uri address)
    {
        var isFile = Array.Exists(FileTypes, type => contentType.Contains(type, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(FileEndings, ending => address.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return new BodyLimit(isFile ? Math.Max(_options.MaxSitemapBytes, _options.MaxBodyBytes) : _options.MaxBodyBytes);
    }

    private static string FinalUrl(CrawlTarget target, Uri start, WalkResult result)
    {
        if (target.Call is not null)
        {
            return target.Url;
        }

        if (target.FetchUrl is not null)
        {
            return CanonicalUrl.TryCreate(result.Answer.OriginalUrl) ?? target.Url;
        }

        return ReferenceEquals(start, result.Address) ? target.Url : CanonicalUrl.TryCreate(result.Address) ?? target.Url;
    }

    private void Judge(Answer answer)
    {
        if (answer.Failure is null or { Reason: FetchReasons.NotFound })
        {
            _throttle.Change(AutoThrottle.AfterSuccess);
        }
        else if (FetchStatuses.IsOfSite(answer.Failure.Reason, answer.StatusCode))
        {
            _throttle.Change(AutoThrottle.AfterFailure);
        }
    }
}
