using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>A platform's API with somebody's credentials: what a call goes through.</summary>
public sealed class ApiSession
{
    private static readonly BodyLimit TokenLimit = new(64 * 1024);

    private readonly HttpExchange _exchange;
    private readonly AddressGuard _guard;
    private readonly ApiTokens _tokens;
    private readonly TimeProvider _time;

    internal ApiSession(IPlatformApi api, PlatformCredentials credentials, HttpExchange exchange, AddressGuard guard, ApiTokens tokens, TimeProvider time)
    {
        (Api, Credentials, _exchange, _guard, _tokens, _time) = (api, credentials, exchange, guard, tokens, time);
        Endpoint = credentials.Endpoint ?? api.EndpointOf(credentials);
    }

    public PlatformCredentials Credentials { get; }

    /// <summary>Where the API is.</summary>
    public Uri Endpoint { get; }

    /// <summary>The moment that signatures are made for.</summary>
    public DateTimeOffset UtcNow => _time.GetUtcNow();

    /// <summary>The politeness that all calls with these credentials share, over all workers.</summary>
    public string SlotName => $"api-{Credentials.Platform}-{Credentials.Id}";

    internal IPlatformApi Api { get; }

    /// <param name="fetch">Asks for a new token, through <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    public Task<ApiToken> TokenAsync(Func<CancellationToken, Task<ApiToken>> fetch, CancellationToken cancellationToken) =>
        _tokens.GetAsync(Credentials.Id, fetch, cancellationToken);

    /// <summary>Sends a request for a token as it is. Guarded like every request, but not paced: tokens are few.</summary>
    /// <exception cref="ApiRefusedException">There was no answer.</exception>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var refusal = _guard.Check(request.Address);
        var (answer, reply) = refusal is null ? await _exchange.SendAsync(request, _ => TokenLimit, Credentials.Platform, cancellationToken) : (new Answer { Failure = refusal }, null);
        return reply ?? throw new ApiRefusedException($"The API gave no token: {answer.Failure?.Detail}", answer.Failure?.IsRetryable ?? true);
    }

    /// <summary>One call, signed.</summary>
    internal async Task<Answer> CallAsync(ApiCall call, Uri address, Func<string, BodyLimit> limitOf, CancellationToken cancellationToken)
    {
        var answer = await CallOnceAsync(call, address, limitOf, cancellationToken);
        if (!answer.IsTokenRefused)
        {
            return answer.Answer;
        }

        _tokens.Forget(Credentials.Id);
        return (await CallOnceAsync(call, address, limitOf, cancellationToken)).Answer;
    }

    private async Task<(Answer Answer, bool IsTokenRefused)> CallOnceAsync(
        ApiCall call,
        Uri address,
        Func<string, BodyLimit> limitOf,
        CancellationToken cancellationToken
    )
    {
        if (!IsEndpoint(address))
        {
            return (Refused($"{address.Host} is not where the API is: secrets are not sent there."), false);
        }

        var request = ApiRequest.Of(call, address);
        try
        {
            await Api.AuthorizeAsync(request, this, cancellationToken);
        }
        catch (ApiRefusedException refused)
        {
            return (Refused(refused.Message, refused.IsRetryable), false);
        }

        var (answer, reply) = await _exchange.SendAsync(request, limitOf, Credentials.Platform, cancellationToken);
        if (reply is null)
        {
            return (answer, false);
        }

        var paced = answer with { RetryAfter = Api.PauseAfter(reply) ?? answer.RetryAfter };
        return Api.Explain(reply) is not { } failure
            ? (IsError(answer.StatusCode) ? paced with { Failure = null } : paced, false)
            : (
                paced with
                {
                    Failure = new FetchFailure(failure.Reason, failure.Detail, failure.IsRetryable),
                    RetryAfter = failure.RetryAfter ?? paced.RetryAfter,
                },
                failure.IsTokenRefused
            );
    }

    /// <summary>What such an answer means is for the API to say; a redirect or a broken body fails whatever it says.</summary>
    private static bool IsError(int status) => status >= 400;

    private bool IsEndpoint(Uri address) => address.Scheme == Endpoint.Scheme && address.Authority == Endpoint.Authority;

    private static Answer Refused(string detail, bool isRetryable = false) =>
        new() { Failure = new FetchFailure(FetchReasons.CredentialsRefused, detail, isRetryable) };
}
