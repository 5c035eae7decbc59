using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Timers;

/// <summary>
/// Measures what tenants have stored: each once an hour, a twelfth of them every five minutes, and only where something can have
/// changed. A tick that is missed leaves them to the next hour.
/// </summary>
public sealed partial class UsageTimer(
    TableTenantStore tenants,
    StoredBytesMeter meter,
    TimeProvider time,
    ILogger<UsageTimer> logger
)
{
    internal const int PartCount = 12;

    private const int MaxParallelTenants = 4;

    [Function(nameof(UsageTimer))]
    public async Task RunAsync([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var part = time.GetUtcNow().Minute / (60 / PartCount);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelTenants, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            tenants.ListAsync(after: "", cancellationToken),
            options,
            async (tenant, token) =>
            {
                if (tenant.Status != TenantStatus.Deleting && PartOf(tenant.TenantId) == part)
                {
                    await MeasureAsync(tenant.TenantId, token);
                }
            }
        );
    }

    internal static int PartOf(TenantId tenantId) => Digest.Bucket(tenantId.Value, PartCount);

    private async Task MeasureAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        try
        {
            await meter.MeasureIfChangedAsync(tenantId, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // One tenant's trouble is not another's: it is measured in the next hour.
            LogNotMeasured(failure, tenantId.Value);
        }
    }

    [LoggerMessage(LogLevel.Error, "What {TenantId} has stored was not measured.")]
    private partial void LogNotMeasured(Exception failure, string tenantId);
}
