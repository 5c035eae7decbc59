using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Storage;

public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(CreateBlobs).AddSingleton(CreateTables);

        services.AddSingleton<BlobContainers>();
        services.AddSingleton<BlobArtifactStore>();
        services.AddSingleton<BlobRawArchiveStore>();
        services.AddSingleton<BlobManifestStore>();
        services.AddSingleton<BlobSiteSlotStore>();
        services.AddSingleton<BlobGoldCommitStore>();
        services.AddSingleton<BlobFirstKeyStore>();
        services.AddSingleton<BlobFileCache>();
        services.AddSingleton<BlobPageMemoryStore>();
        services.AddSingleton<BlobBudgetStore>();
        services.AddSingleton<BlobContainerAccess>();
        services.AddSingleton<StoredBytesMeter>();
        services.AddSingleton<BlobAdmissionStore>();

        services.AddSingleton<TableProvider>();
        services.AddSingleton<TableTenantStore>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<TableCounterStore>();
        services.AddSingleton<TableAuditStore>();
        services.AddSingleton<TableIdempotencyStore>();
        services.AddSingleton<TableApiKeyStore>();
        services.AddSingleton<TablePlanStore>();
        services.AddSingleton<TableScheduleStore>();
        services.AddSingleton<TablePauseStore>();
        services.AddSingleton<TableRunStore>();
        services.AddSingleton<TableWatchedRunStore>();
        services.AddSingleton<TableAlertStore>();
        services.AddSingleton<RunAlerts>();
        services.AddSingleton<TableLineageStore>();
        services.AddSingleton<TableUsageStore>();
        services.AddSingleton<TenantUsageReader>();
        foreach (var place in services.Select(service => service.ServiceType).Where(typeof(ITenantData).IsAssignableFrom).ToList())
        {
            services.AddSingleton(provider => (ITenantData)provider.GetRequiredService(place));
        }

        return services;
    }

    private static BlobServiceClient CreateBlobs(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        // The oldest service version that has all we use: the emulator knows it, Azure keeps it.
        var clientOptions = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02);
        return options.ConnectionString is { } connection
            ? new BlobServiceClient(connection, clientOptions)
            : new BlobServiceClient(Endpoint(options, "blob"), new DefaultAzureCredential(), clientOptions);
    }

    private static TableServiceClient CreateTables(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return options.ConnectionString is { } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(Endpoint(options, "table"), new DefaultAzureCredential());
    }

    private static Uri Endpoint(StorageOptions options, string service) =>
        new($"https://{options.AccountName}.{service}.core.windows.net");
}
