using System.Collections.Concurrent;

namespace Marketline.LocalHost.DemoMarketplace.Faults;

/// <summary>How often an address was asked for, so that a fault can go away after so many times.</summary>
internal sealed class AttemptCounters
{
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    /// <returns>1 for the first request.</returns>
    public int Next(string target) => _attempts.AddOrUpdate(target, 1, (_, count) => count + 1);

    public void Clear() => _attempts.Clear();
}
