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
    private readonly MemoryCache _cache;

    public TimedCache(TimeSpan lifetime, int maxCount, TimeProvider time)
    {
        _lifetime = lifetime;
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
            if (_cache.TryGetValue(key, out Lazy<Task<TValue?>>? other) && other is { Value: { IsFaulted: false, IsCanceled: false } })
            {
                return other;
            }

            var entry = new Lazy<Task<TValue?>>(() => read(CancellationToken.None));
            return _cache.Set(key, entry, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = _lifetime, Size = 1 });
        }
    }

#pragma warning disable CS0618 // The only way to give a MemoryCache a clock.
    private sealed class CacheClock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
#pragma warning restore CS0618
}
