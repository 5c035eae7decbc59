using Marketline.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http.Access;

/// <summary>Makes the first admin key at the start of a worker, however long the storage takes to answer.</summary>
internal sealed partial class FirstAdminKeyService(IServiceProvider services, TimeProvider time, ILogger<FirstAdminKeyService> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not by the constructor: hosted services are made before the settings are checked, and what needs them would fail first.
        var key = services.GetRequiredService<FirstAdminKey>();
        while (true)
        {
            try
            {
                await key.EnsureAsync(stoppingToken);
                return;
            }
            catch (Exception failure) when (StorageFailures.Contains(failure) && !stoppingToken.IsCancellationRequested)
            {
                // Not only what passes by itself: the rights of a new deployment take minutes to arrive.
                LogWaiting(failure);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The storage does not answer as it should; the first admin key has to wait.")]
    private partial void LogWaiting(Exception failure);
}
