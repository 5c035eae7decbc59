using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Tenants;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Storage.Tables;
using Marketline.Tests.Functions.Http.Access;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>
/// An installation that is attacked: an emulator, an issuer of tokens and an app of its own, and tenants
/// with data. The ids of all begin alike, so that a search that only compares beginnings would find others' rows.
/// </summary>
internal sealed class AttackedInstallation : IAsyncDisposable
{
    private static readonly byte[] Pepper = new byte[32];

    private readonly TemporaryFolder _folder = new();
    private AzuriteProcess _azurite = null!;
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private RunningApp _app = null!;

    public LocalIssuer Issuer { get; private set; } = null!;

    public Uri Address => _app.Address;

    public ApiKey Admin { get; } = ApiKey.Create();

    public AttackedTenant Victim { get; private set; } = null!;

    /// <summary>Reads, and writes nothing that lasts: its answers are the same all the time.</summary>
    public AttackedTenant Attacker { get; private set; } = null!;

    /// <summary>The attacker's other account, which writes what it likes, the victim's names included.</summary>
    public AttackedTenant Writer { get; private set; } = null!;

    public string DataFolder => _folder.FullPath;

    public TableServiceClient Tables => _storage.GetRequiredService<TableServiceClient>();

    public BlobServiceClient Blobs => _storage.GetRequiredService<BlobServiceClient>();

    public TableApiKeyStore Keys => _storage.GetRequiredService<TableApiKeyStore>();

    /// <summary>What is stored of a key.</summary>
    public static StoredApiKey Stored(ApiKey key, TenantId? tenantId, AccessRole role) =>
        new()
        {
            Id = key.Id,
            TenantId = tenantId,
            Role = role,
            Name = "test",
            SecretHash = key.Hash(Pepper),
            CreatedUtc = DateTimeOffset.UnixEpoch,
        };

    public static async Task<AttackedInstallation> StartAsync()
    {
        var installation = new AttackedInstallation();
        await installation.StartPartsAsync();
        var tenants = await Task.WhenAll(
            installation.AddAsync("acme", "Coyote Supplies", "blueprints", "alder"),
            installation.AddAsync("acm", "Mallory", "own", "birch"),
            installation.AddAsync("acmx", "Mallet", "own", "cedar")
        );
        (installation.Victim, installation.Attacker, installation.Writer) = (tenants[0], tenants[1], tenants[2]);
        return installation;
    }

    /// <summary>A tenant without data.</summary>
    /// <returns>Its owner's key.</returns>
    public async Task<ApiKey> AddTenantAsync(TenantId tenantId, string displayName)
    {
        var tenant = new Tenant
        {
            TenantId = tenantId,
            DisplayName = displayName,
            CreatedUtc = DateTimeOffset.UnixEpoch,
            // Attacks are many.
            Limits = new TenantLimits { MaxRequestsPerMinute = 10_000_000 },
        };
        await _storage.GetRequiredService<TableTenantStore>().TryAddAsync(tenant, default);
        await Blobs.GetBlobContainerClient(BlobNames.Container(tenantId)).CreateIfNotExistsAsync();
        return await AddKeyAsync(tenantId, AccessRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _marketplace.DisposeAsync();
        await Issuer.DisposeAsync();
        await _storage.DisposeAsync();
        await _azurite.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartPartsAsync()
    {
        var options = new DemoMarketplaceOptions { ProductsPerShop = 12, PageSizeBytes = 2_000, Shops = ["alder", "birch", "cedar"] };
        var marketplace = DemoMarketplaceServer.StartAsync(options, default);
        var issuer = LocalIssuer.StartAsync();
        _azurite = await AzuriteProcess.StartAsync();
        (_marketplace, Issuer) = (await marketplace, await issuer);
        _storage = TestStorage.Create(_azurite.ConnectionString);
        await Keys.AddAsync(Stored(Admin, null, AccessRole.Admin), default);
        _app = await RunningApp.StartAsync(
            _azurite.ConnectionString,
            _folder.FullPath,
            [
                .. RunningApp.Patient,
                ("Access__Pepper", Convert.ToBase64String(Pepper)),
                ("Access__TokenAuthority", Issuer.Authority),
                ("Access__TokenAudience", LocalIssuer.Audience),
                ("Access__TokenTenantClaim", LocalIssuer.TenantClaim),
            ]
        );
    }

    private async Task<AttackedTenant> AddAsync(string id, string displayName, string planId, string shop)
    {
        var tenantId = TenantId.Parse(id);
        var owner = await AddTenantAsync(tenantId, displayName);
        var (reader, spare) = (await AddKeyAsync(tenantId, AccessRole.Reader), await AddKeyAsync(tenantId, AccessRole.Reader));
        using var client = _app.Client(owner.Reveal());
        var site = new Uri(_marketplace.BaseUrl(shop));
        await client.PutPlanAsync(planId, new PlanBody("generic-shop", CrawlKind.Products, [new PlanSite(site)]), default);
        var runId = await client.StartRunAsync(planId, default);
        await Polling.UntilRecordedAsync(client, runId);
        var offers = await DatasetRows.ReadAsync<FullOfferRow>(client, DatasetNames.LatestOffers, null);
        return new AttackedTenant(tenantId, displayName, planId, owner, reader, spare.Id, runId, offers[0].ObjectKey, site);
    }

    private async Task<ApiKey> AddKeyAsync(TenantId tenantId, AccessRole role)
    {
        var key = ApiKey.Create();
        await Keys.AddAsync(Stored(key, tenantId, role), default);
        return key;
    }
}
