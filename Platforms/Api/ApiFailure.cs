using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>Why an API's answer is none.</summary>
/// <param name="Reason">One of <see cref="FetchReasons"/>.</param>
/// <param name="Detail">For a person: the platform's error code and what to do; never free text of the answer.</param>
public sealed record ApiFailure(string Reason, string Detail)
{
    /// <summary>The same call may well succeed a little later.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>How long the API wants to be left alone, where it says so in another way than by Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The token is not taken any more: one more try is made with a new one.</summary>
    public bool IsTokenRefused { get; init; }

    /// <returns>What the status alone says: nothing below 300, 401 for a refused token, and so on.</returns>
    public static ApiFailure? OfStatus(int status) =>
        status switch
        {
            401 => new(FetchReasons.CredentialsRefused, "The API answered with status 401: check the credentials.") { IsTokenRefused = true },
            403 => new(FetchReasons.CredentialsRefused, "The API answered with status 403: these credentials may not do that."),
            _ => FetchStatuses.Explain(status) is { } failure ? new(failure.Reason, failure.Detail) { IsRetryable = failure.IsRetryable } : null,
        };
}
