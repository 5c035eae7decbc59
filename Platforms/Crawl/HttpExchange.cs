using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// One request and its answer, over one shared handler: guarded connections, no cookies, no proxy, no redirects of its own, no
/// trace headers to strangers. Whatever the other side does ends as an <see cref="Answer"/>; only cancellation throws.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const string PageTypes = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5";

    private static readonly BodyLimit ErrorLimit = new(64 * 1024, IsTruncating: true);

    private readonly CrawlOptions _options;
    private readonly TimeProvider _time;
    private readonly BodyReader _bodies;
    private readonly HttpMessageInvoker _invoker;

    public HttpExchange(IOptions<CrawlOptions> options, AddressGuard guard, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _bodies = new BodyReader(_options.MaxCompressionRatio);
        _invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = guard.ConnectAsync,
                ConnectTimeout = _options.ConnectTimeout,
                EnableMultipleHttp2Connections = true,
                MaxResponseDrainSize = 64 * 1024,
                MaxResponseHeadersLength = _options.MaxHeaderKilobytes,
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                UseProxy = false,
            }
        );
    }

    /// <param name="address">The page.</param>
    /// <param name="limitOf">Chooses the body's limit when its Content-Type is known.</param>
    /// <param name="cancellationToken">The only way for this to throw.</param>
    public async Task<Answer> SendAsync(Uri address, Func<string, BodyLimit> limitOf, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Get, address, PageTypes);
        return await SendAsync(
            request,
            async (answer, response, token) =>
            {
                if (answer.Failure is not null || answer.RedirectsTo is not null)
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
    public async Task<(Answer Answer, ApiAnswer? Reply)> SendAsync(ApiRequest sent, Func<string, BodyLimit> limitOf, CancellationToken cancellationToken)
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

    public void Dispose() => _invoker.Dispose();

    private async Task<Answer> SendAsync(
        HttpRequestMessage request,
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
            using var response = await _invoker.SendAsync(request, either.Token);
            answer = Head(request.RequestUri!, response) with { Latency = _time.GetElapsedTime(started) };
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

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri address, string types)
    {
        var request = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", types);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br, deflate");
        return request;
    }

    private Answer Head(Uri address, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var redirect = FetchStatuses.IsRedirect(status) ? Location(address, response.Headers) : null;
        var failure = redirect is null ? FetchStatuses.Explain(status) : null;
        if (response.Headers.NonValidated.TryGetValues("cf-mitigated", out var mitigated) && mitigated.ToString() == "challenge")
        {
            failure = new FetchFailure(FetchReasons.Blocked, "The site asks for proof of a human (cf-mitigated: challenge).");
        }

        return new Answer
        {
            StatusCode = status,
            ContentType = ContentType(response.Content.Headers),
            RedirectsTo = redirect,
            RetryAfter = RetryAfter(response.Headers),
            OriginalUrl = response.Headers.NonValidated.TryGetValues("Link", out var links) ? MirrorAddress.FindOriginal(links) : null,
            Failure = failure,
        };
    }

    private static FetchFailure? Challenge(byte[] body) =>
        ChallengePage.FindMarker(body) is { } marker
            ? new FetchFailure(FetchReasons.Blocked, $"The page asks for proof of a human ({marker}).")
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

    private static string ContentType(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";

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
