using Microsoft.Extensions.Options;

namespace Marketline.Analytics.DuckDb;

/// <summary>Runs aggregation jobs one after the other, each on an instance of its own that gives its memory back.</summary>
internal sealed class DuckDbJobs(IOptions<AnalyticsOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _slot = new(1, 1);

    public async Task<T> RunAsync<T>(Func<DuckDbSession, Task<T>> job, CancellationToken cancellationToken)
    {
        await _slot.WaitAsync(cancellationToken);
        try
        {
            using var session = DuckDbSession.Open(options.Value, options.Value.MemoryLimitMegabytes);
            return await job(session);
        }
        finally
        {
            _slot.Release();
        }
    }

    public void Dispose() => _slot.Dispose();
}
