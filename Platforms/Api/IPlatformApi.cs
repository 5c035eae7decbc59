using Marketline.Core.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>A platform's official API, as far as all calls of it are alike: where it is, how one proves who asks, what its errors mean.</summary>
public interface IPlatformApi
{
    /// <summary>The secrets without which it can not be asked, by the names that an operator gives them under.</summary>
    IReadOnlyList<string> SecretNames { get; }

    /// <summary>The secrets that do instead, where a platform has two APIs that share none.</summary>
    IReadOnlyList<string> OtherSecretNames => [];

    /// <summary>What it has. The platform's other kinds are read from its pages, whether there are credentials or not.</summary>
    IReadOnlySet<CrawlKind> Kinds { get; }

    /// <summary>
    /// Where it is for these credentials (a region, a sandbox) when they do not say so themselves
    /// (<see cref="PlatformCredentials.Endpoint"/>).
    /// </summary>
    Uri EndpointOf(PlatformCredentials credentials);

    /// <summary>Adds to a request what proves who asks: a token, a signature. Nothing of it is stored or logged.</summary>
    /// <exception cref="ApiRefusedException">The API does not give a token to these credentials.</exception>
    ValueTask AuthorizeAsync(ApiRequest request, ApiSession session, CancellationToken cancellationToken);

    /// <summary>
    /// What is wrong with an answer. Platforms say so in their own ways, some with status 200; null for a good one. What it does not
    /// know it leaves to the status: <see cref="ApiFailure.OfStatus"/>.
    /// </summary>
    ApiFailure? Explain(ApiAnswer answer) => ApiFailure.OfStatus(answer.StatusCode);

    /// <summary>How long the API wants to be left alone after an answer, good or bad, where it tells its callers their rate.</summary>
    TimeSpan? PauseAfter(ApiAnswer answer) => null;
}
