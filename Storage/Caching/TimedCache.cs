using Microsoft.Extensions.Caching.Memory;

namespace Marketline.Storage.Caching;

/// <summary>
/// What was read, for a short time; "not there" is remembered as well. Callers that miss at the same moment share one read. A
/// read that fails is not remembered.
/// </summary>
public sealed class TimedCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly TimeSpan _lifetime;
    private readonly Func<TValue?, TimeSpan>? _lifetimeOf;
    private readonly MemoryCache _cache;

    /// <param name="lifetime">From the beginning of the read.</param>
    /// <param name="lifetimeOf">For values that may be kept longer, from the end of the read; zero for those that may not be kept at all.</param>
    public TimedCache(TimeSpan lifetime, int maxCount, TimeProvider time, Func<TValue?, TimeSpan>? lifetimeOf = null)
    {
        _lifetime = lifetime;
        _lifetimeOf = lifetimeOf;
        _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = maxCount, Clock = new CacheClock(time) });
    }

    /// <param name="read">Its token is not the caller's: others may wait for the same read.</param>
    public async Task<TValue?> GetAsync(TKey key, Func<CancellationToken, Task<TValue?>> read, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(key, out Lazy<Task<TValue?>>? entry) || entry is null || entry.Value.IsFaulted || entry.Value.IsCanceled)
        {
            entry = Add(key, read);
        }

        return await entry.Value.WaitAsync(cancellationToken);
    }

    public void Forget(TKey key) => _cache.Remove(key);

    public void Dispose() => _cache.Dispose();

    private Lazy<Task<TValue?>> Add(TKey key, Func<CancellationToken, Task<TValue?>> read)
    {
        lock (_cache)
        {
            // One that is just being read must not be waited for here: it may need this lock itself.
            if (_cache.TryGetValue(key, out Lazy<Task<TValue?>>? other) && other is { IsValueCreated: false } or { Value: { IsFaulted: false, IsCanceled: false } })
            {
                return other;
            }

            Lazy<Task<TValue?>> entry = null!;
            // Asynchronous, so that a read that throws before it has a task ends in one as well: a Lazy would go on throwing.
            entry = new Lazy<Task<TValue?>>(async () => await (_lifetimeOf is null ? read(CancellationToken.None) : ReadAsync(key, entry, read, _lifetimeOf)));
            return Keep(key, entry, _lifetime);
        }
    }

    private async Task<TValue?> ReadAsync(
        TKey key,
        Lazy<Task<TValue?>> entry,
        Func<CancellationToken, Task<TValue?>> read,
        Func<TValue?, TimeSpan> lifetimeOf
    )
    {
        var value = await read(CancellationToken.None);
        var lifetime = lifetimeOf(value);
        lock (_cache)
        {
            // It may have been forgotten meanwhile.
            var isCurrent = _cache.TryGetValue(key, out Lazy<Task<TValue?>>? current) && current == entry;
            if (isCurrent && lifetime <= TimeSpan.Zero)
            {
                _cache.Remove(key);
            }
            else if (isCurrent && lifetime > _lifetime)
            {
                Keep(key, entry, lifetime);
            }
        }

        return value;
    }

    private Lazy<Task<TValue?>> Keep(TKey key, Lazy<Task<TValue?>> entry, TimeSpan lifetime) =>
        _cache.Set(key, entry, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = lifetime, Size = 1 });

#pragma warning disable CS0618 // The only way to give a MemoryCache a clock.
    private sealed class CacheClock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
#pragma warning restore CS0618
}
