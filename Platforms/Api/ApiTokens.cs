using System.Collections.Concurrent;

namespace Marketline.Platforms.Api;

/// <summary>
/// The tokens that this worker has got, until shortly before they expire. Callers that need one at the same time share one request;
/// each worker gets its own.
/// </summary>
public sealed class ApiTokens(TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Slot> _slots = new();

    /// <param name="owner">Whose it is: <see cref="PlatformCredentials.Id"/>.</param>
    /// <param name="fetch">Asks for a new one.</param>
    /// <param name="cancellationToken">Ends the wait, and the request if it is this caller's.</param>
    public async Task<ApiToken> GetAsync(string owner, Func<CancellationToken, Task<ApiToken>> fetch, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(owner, _ => new Slot());
        if (IsGood(slot.Token))
        {
            return slot.Token!;
        }

        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            return IsGood(slot.Token) ? slot.Token! : slot.Token = await fetch(cancellationToken);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>The API does not take it any more.</summary>
    public void Forget(string owner)
    {
        if (_slots.TryGetValue(owner, out var slot))
        {
            slot.Token = null;
        }
    }

    private bool IsGood(ApiToken? token) => token is not null && token.ExpiresUtc - Margin > time.GetUtcNow();

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public volatile ApiToken? Token;
    }
}
