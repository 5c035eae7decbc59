using System.Collections.Concurrent;
using Marketline.Core.Naming;

namespace Marketline.Functions.Http.Runs;

/// <summary>How many event streams a tenant has open on this worker.</summary>
public sealed class RunListeners
{
    public const int MaxPerTenant = 50;

    private readonly ConcurrentDictionary<TenantId, int> _counts = new();

    /// <returns>What to dispose when the stream ends; null when the tenant has as many as it may.</returns>
    public IDisposable? TryEnter(TenantId tenantId)
    {
        if (_counts.AddOrUpdate(tenantId, 1, (_, count) => count + 1) <= MaxPerTenant)
        {
            return new Place(this, tenantId);
        }

        Leave(tenantId);
        return null;
    }

    private void Leave(TenantId tenantId)
    {
        if (_counts.AddOrUpdate(tenantId, 0, (_, count) => count - 1) == 0)
        {
            _counts.TryRemove(KeyValuePair.Create(tenantId, 0));
        }
    }

    private sealed class Place(RunListeners listeners, TenantId tenantId) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                listeners.Leave(tenantId);
            }
        }
    }
}
