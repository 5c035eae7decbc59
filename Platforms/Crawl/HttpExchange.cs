using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// One request and its answer, over shared handlers: guarded connections, cookies of the caller's only, a platform's proxy if it has one, no redirects of its own, no
/// trace headers to strangers. Whatever the other side does ends as an <see cref="Answer"/>; only cancellation throws.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const string PageTypes = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5";

    private static readonly BodyLimit ErrorLimit = new(64 * 1024, IsTruncating: true);

    private readonly CrawlOptions _options;
    private readonly TimeProvider _time;
    private readonly BodyReader _bodies;
    private readonly AddressGuard _guard;
    private readonly HttpMessageInvoker _invoker;
    private readonly Dictionary<string, HttpMessageInvoker> _proxied;

    public HttpExchange(IOptions<CrawlOptions> options, AddressGuard guard, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _guard = guard;
        _bodies = new BodyReader(_options);
        var handler = NewHandler();
        handler.ConnectCallback = guard.ConnectAsync;
        _invoker = new HttpMessageInvoker(handler);
        _proxied = _options.Proxies.ToDictionary(proxy => proxy.Key, proxy => Proxied(new Uri(proxy.Value)));
    }

    /// <param name="address">The page.</param>
    /// <param name="limitOf">Chooses the body's limit when its Content-Type is known.</param>
    /// <param name="known">The version that is there already: another one is asked for.</param>
    /// <param name="cookies">Sent, and added to.</param>
    /// <param name="platform">Whose site it is.</param>
    /// <param name="cancellationToken">The only way for this to throw.</param>
    public async Task<Answer> SendAsync(
        Uri address,
        Func<string, BodyLimit> limitOf,
        PageVersion? known,
        SiteCookies cookies,
        string? platform,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(HttpMethod.Get, address, PageTypes, known);
        cookies.AddTo(request);
        return await SendAsync(
            request,
            known,
            platform,
            async (answer, response, token) =>
            {
                cookies.Take(address, response.Headers);
                if (answer.Failure is not null || answer.RedirectsTo is not null || answer.IsNotModified)
                {
                    return answer;
                }

                var body = await _bodies.ReadAsync(response.Content, limitOf(answer.ContentType), token);
                return answer with { Body = body, Failure = Challenge(body) };
            },
            cancellationToken
        );
    }

    /// <summary>The same for an API: its errors have bodies that are read as well, and what leads elsewhere is not followed.</summary>
    /// <returns>The answer, and what the API said; null for the latter when it said nothing.</returns>
    public async Task<(Answer Answer, ApiAnswer? Reply)> SendAsync(
        ApiRequest sent,
        Func<string, BodyLimit> limitOf,
        string? platform,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(new HttpMethod(sent.Method), sent.Address, "application/json");
        request.Content = sent.Body is null ? null : new StringContent(sent.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse(sent.ContentType));
        foreach (var (name, value) in sent.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        ApiAnswer? reply = null;
        var answer = await SendAsync(
            request,
            known: null,
            platform,
            async (head, response, token) =>
            {
                var limit = response.IsSuccessStatusCode ? limitOf(head.ContentType) : ErrorLimit;
                var body = await _bodies.ReadAsync(response.Content, limit, token);
                reply = new ApiAnswer
                {
                    StatusCode = head.StatusCode,
                    ContentType = head.ContentType,
                    Body = body,
                    Headers = response
                        .Headers.NonValidated.DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                        .ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase),
                };
                return head.RedirectsTo is null
                    ? head with { Body = body }
                    : head with { RedirectsTo = null, Failure = new FetchFailure(FetchReasons.ProtocolError, "The API leads elsewhere, which is not followed.") };
            },
            cancellationToken
        );
        return (answer, reply);
    }

    public void Dispose()
    {
        _invoker.Dispose();
        foreach (var invoker in _proxied.Values)
        {
            invoker.Dispose();
        }
    }

    private async Task<Answer> SendAsync(
        HttpRequestMessage request,
        PageVersion? known,
        string? platform,
        Func<Answer, HttpResponseMessage, CancellationToken, Task<Answer>> readAsync,
        CancellationToken cancellationToken
    )
    {
        var started = _time.GetTimestamp();
        var answer = new Answer();
        using var patience = new CancellationTokenSource(_options.FirstByteTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var response = await DispatchAsync(request, platform, either.Token);
            answer = Head(request.RequestUri!, response, known) with { Latency = _time.GetElapsedTime(started) };
            patience.CancelAfter(Rest(_options.FetchTimeout - answer.Latency));
            return await readAsync(answer, response, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var what = answer.StatusCode == 0 ? "No answer" : "The answer was not through";
            var limit = answer.StatusCode == 0 ? _options.FirstByteTimeout : _options.FetchTimeout;
            return Failed(new FetchFailure(FetchReasons.TimedOut, $"{what} within {limit.TotalSeconds:0.#} s.", IsRetryable: true));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FetchErrors.TryExplain(exception) is { } failure)
        {
            return Failed(failure);
        }

        Answer Failed(FetchFailure failure) =>
            answer with
            {
                Failure = failure,
                Latency = answer.StatusCode == 0 ? _time.GetElapsedTime(started) : answer.Latency,
            };
    }

    private async Task<HttpResponseMessage> DispatchAsync(HttpRequestMessage request, string? platform, CancellationToken cancellationToken)
    {
        if (platform is null || !_proxied.TryGetValue(platform, out var invoker))
        {
            return await _invoker.SendAsync(request, cancellationToken);
        }

        await _guard.CheckNameAsync(request.RequestUri!, cancellationToken);
        return await invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>The proxy itself is the operator's choice and may stand in a private network.</summary>
    private HttpMessageInvoker Proxied(Uri address)
    {
        var handler = NewHandler();
        var user = address.UserInfo.Split(':', 2);
        handler.UseProxy = true;
        handler.Proxy = new WebProxy(address.GetLeftPart(UriPartial.Scheme) + address.Authority)
        {
            Credentials = user is [{ Length: > 0 }, ..] ? new NetworkCredential(Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? "")) : null,
        };
        return new HttpMessageInvoker(handler);
    }

    private SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = _options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxResponseDrainSize = 64 * 1024,
            MaxResponseHeadersLength = _options.MaxHeaderKilobytes,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };
        if (_options.TrustedAuthorities.Count > 0)
        {
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_options.TrustedAuthorities);
        }

        return handler;
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri address, string types, PageVersion? known = null)
    {
        var request = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", types);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", _options.TakesZstd ? "gzip, br, zstd, deflate" : "gzip, br, deflate");
        if (known?.ETag is { } etag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (known?.LastModified is { } lastModified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        }

        return request;
    }

    private Answer Head(Uri address, HttpResponseMessage response, PageVersion? known)
    {
        var status = (int)response.StatusCode;
        var redirect = FetchStatuses.IsRedirect(status) ? Location(address, response.Headers) : null;
        var isNotModified = status == 304 && (known?.ETag ?? known?.LastModified) is not null;
        var failure = redirect is null && !isNotModified ? FetchStatuses.Explain(status) : null;
        if (ChallengeHeaders.Find(response.Headers, status) is { } challenge)
        {
            failure = new FetchFailure(FetchReasons.BlockedCaptcha, $"The site asks for proof of a human ({challenge}).");
        }

        return new Answer
        {
            StatusCode = status,
            ContentType = ContentType(response.Content.Headers),
            RedirectsTo = redirect,
            RetryAfter = RetryAfter(response.Headers),
            OriginalUrl = response.Headers.NonValidated.TryGetValues("Link", out var links) ? MirrorAddress.FindOriginal(links) : null,
            ETag = PageVersion.Kept(Text(response.Headers, "ETag")),
            LastModified = PageVersion.Kept(Text(response.Content.Headers, "Last-Modified")),
            IsNotModified = isNotModified,
            Failure = failure,
        };
    }

    private static FetchFailure? Challenge(byte[] body) =>
        ChallengePage.FindMarker(body) is { } marker
            ? new FetchFailure(FetchReasons.BlockedCaptcha, $"The page asks for proof of a human ({marker}).")
            : null;

    private static Uri? Location(Uri address, HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Location", out var values))
        {
            return null;
        }

        var isAddress = Uri.TryCreate(address, values.ToString(), out var next);
        return isAddress && next!.IsAbsoluteUri ? next : null;
    }

    private static string ContentType(HttpContentHeaders headers) => Text(headers, "Content-Type") ?? "";

    private static string? Text(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>Both forms (RFC 9110 §10.2.3), seconds and a date; never more than the setting.</summary>
    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait > _options.MaxRetryAfter ? _options.MaxRetryAfter : wait;
    }

    private static TimeSpan Rest(TimeSpan rest) => rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
}
