using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>What one shop was asked for: how often, which addresses, and how many at once.</summary>
/// <param name="countUrls">Off where there may be millions of them.</param>
internal sealed class RequestLog(bool countUrls)
{
    private readonly ConcurrentDictionary<string, int> _urls = new(StringComparer.Ordinal);
    private long _total;
    private int _current;
    private int _maxConcurrency;

    public void Begin(string target)
    {
        Interlocked.Increment(ref _total);
        var current = Interlocked.Increment(ref _current);
        var seen = Volatile.Read(ref _maxConcurrency);
        while (current > seen)
        {
            var before = Interlocked.CompareExchange(ref _maxConcurrency, current, seen);
            if (before == seen)
            {
                break;
            }

            seen = before;
        }

        if (countUrls)
        {
            _urls.AddOrUpdate(target, 1, (_, count) => count + 1);
        }
    }

    public void End() => Interlocked.Decrement(ref _current);

    public void Clear()
    {
        _urls.Clear();
        Interlocked.Exchange(ref _total, 0);
        Interlocked.Exchange(ref _maxConcurrency, 0);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["total"] = Interlocked.Read(ref _total),
            ["maxConcurrency"] = Volatile.Read(ref _maxConcurrency),
            ["urls"] = new JsonObject(
                _urls
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))
            ),
        };
}
