using System.Collections.Concurrent;
using Marketline.Core.Naming;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http.RateLimits;

/// <summary>
/// A tenant's requests a minute over all workers. A worker takes them in portions of a twentieth of the limit from the shared
/// counter, so most requests cost nothing. While the tables are away nobody is refused.
/// </summary>
internal sealed partial class RequestLimits(
    TableCounterStore counters,
    TenantDirectory tenants,
    TimeProvider time,
    ILogger<RequestLimits> logger
)
{
    public const int WindowSeconds = 60;

    private const int PortionsPerWindow = 20;

    private readonly ConcurrentDictionary<TenantId, RequestWindow> _windows = new();

    public async ValueTask<RequestAllowance> TakeAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        var minute = seconds / WindowSeconds;
        var reset = (int)(WindowSeconds - seconds % WindowSeconds);
        var window = _windows.GetOrAdd(tenantId, _ => new RequestWindow());
        var limit = (await tenants.FindAsync(tenantId, cancellationToken))?.Limits.MaxRequestsPerMinute ?? 0;
        if (window.TryTake(minute, out var left))
        {
            return new RequestAllowance(true, limit, left, reset);
        }

        await window.Refill.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have fetched a portion meanwhile, or found that there is none left.
            if (!window.TryTake(minute, out left) && !window.IsEmpty(minute))
            {
                window.Add(minute, await FetchAsync(tenantId, limit, minute, cancellationToken));
                return new RequestAllowance(window.TryTake(minute, out left), limit, left, reset);
            }

            return new RequestAllowance(!window.IsEmpty(minute), limit, left, reset);
        }
        finally
        {
            window.Refill.Release();
        }
    }

    private async Task<CounterTake> FetchAsync(TenantId tenantId, int limit, long minute, CancellationToken cancellationToken)
    {
        var portion = Math.Max(1, limit / PortionsPerWindow);
        try
        {
            var window = CounterNames.Minute(DateTimeOffset.FromUnixTimeSeconds(minute * WindowSeconds));
            return await counters.TakeAsync(tenantId, CounterNames.Requests, window, portion, limit, cancellationToken);
        }
        catch (Exception failure) when (StorageFailures.IsTransient(failure, cancellationToken))
        {
            LogNotCounted(failure, tenantId.Value);
            return new CounterTake(portion, 0);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The requests of {TenantId} are not counted now.")]
    private partial void LogNotCounted(Exception failure, string tenantId);
}
