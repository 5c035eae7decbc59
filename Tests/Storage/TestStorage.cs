using Marketline.Core.Naming;
using Marketline.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage;

/// <summary>The real gateways on an emulator, as the app registers them.</summary>
internal static class TestStorage
{
    public static async Task<ServiceProvider> CreateAsync(TimeProvider? time = null) =>
        Create(await AzuriteFixture.ConnectionStringAsync(), time);

    public static ServiceProvider Create(string connectionString, TimeProvider? time = null)
    {
        var settings = new Dictionary<string, string?> { ["Storage:ConnectionString"] = connectionString };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddSingleton(time ?? TimeProvider.System)
            .AddStorage(configuration)
            .BuildServiceProvider();
    }

    /// <summary>Tests share an emulator; each has tenants of its own.</summary>
    public static TenantId NewTenant() => TenantId.Parse("t" + Guid.NewGuid().ToString("N")[..20]);
}
