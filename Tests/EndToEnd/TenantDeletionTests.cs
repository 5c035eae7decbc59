using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.Engine.Store;
using Marketline.Tests.Storage;

namespace Marketline.Tests.EndToEnd;

/// <summary>A deleted tenant leaves nothing but audit rows, wherever one looks; its neighbour keeps all it has.</summary>
[Parallelizable]
[CancelAfter(180_000)]
public sealed class TenantDeletionTests
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Of its own: every table and container of it is searched.</summary>
    private AzuriteProcess _azurite = null!;
    private RunningApp _app = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private HttpClient _admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _azurite = await AzuriteProcess.StartAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 20, PageSizeBytes = 4_000, Shops = ["alder"] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        _app = await RunningApp.StartAsync(_azurite.ConnectionString, _folder.FullPath, RunningApp.Patient);
        _admin = _app.AdminHttp();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _admin.Dispose();
        await _app.DisposeAsync();
        await _marketplace.DisposeAsync();
        await _azurite.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Delete_TenantWithRuns_LeavesNothingButAuditRows()
    {
        var (gone, stays) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        var goneKey = await TenantWithARunAsync(gone);
        var staysKey = await TenantWithARunAsync(stays);
        var before = await PlacesAsync(stays);

        using var accepted = await _admin.DeleteAsync(Address(gone));
        var atOnce = await StatusOfAsync(goneKey);
        await Polling.UntilAsync(async () => await StatusOfAsync(gone), status => status == HttpStatusCode.Gone);

        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(atOnce, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PlacesAsync(gone), Is.EqualTo(new[] { "table audit" }));
        Assert.That(await PlacesAsync(stays), Is.SupersetOf(before));
        Assert.That(await StatusOfAsync(staysKey), Is.EqualTo(HttpStatusCode.OK));
        using var again = await _admin.PostAsync(new Uri("api/operator/tenants", UriKind.Relative), Body(gone));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    private static Uri Address(TenantId tenant) => new($"api/operator/tenants/{tenant}", UriKind.Relative);

    private static StringContent Body(TenantId tenant) =>
        new($$"""{ "tenantId": "{{tenant}}", "displayName": "Again" }""", null, "application/json");

    private async Task<HttpStatusCode> StatusOfAsync(TenantId tenant)
    {
        using var answer = await _admin.GetAsync(Address(tenant));
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> StatusOfAsync(string key)
    {
        using var http = new HttpClient { BaseAddress = _app.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var answer = await http.GetAsync(new Uri("api/runs", UriKind.Relative));
        return answer.StatusCode;
    }

    /// <returns>The tenant's key.</returns>
    private async Task<string> TenantWithARunAsync(TenantId tenant)
    {
        var key = await _app.CreateKeyAsync(tenant.Value);
        using var client = _app.Client(key);
        var site = new PlanSite(new Uri(_marketplace.BaseUrl("alder")));
        await client.PutPlanAsync("plan", new PlanBody("generic-shop", CrawlKind.Products, [site], "0 0 * * * *"), default);
        await Polling.UntilRecordedAsync(client, await client.StartRunAsync("plan", default));
        return key;
    }

    /// <summary>The tables, containers and orchestrations (but its deletion's own) that know the tenant.</summary>
    private async Task<List<string>> PlacesAsync(TenantId tenant)
    {
        var places = new SortedSet<string>(StringComparer.Ordinal);
        var tables = new TableServiceClient(_azurite.ConnectionString);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                if (row.Keys.Any(column => row[column] is string text && text.Contains(tenant.Value, StringComparison.Ordinal)))
                {
                    places.Add($"table {table.Name}");
                }
            }
        }

        var blobs = new BlobServiceClient(_azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02));
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                if ($"{container.Name}/{blob.Name}".Contains(tenant.Value, StringComparison.Ordinal))
                {
                    places.Add($"container {container.Name}");
                }
            }
        }

        var histories = Histories(tenant);
        return histories == 0 ? [.. places] : [.. places, $"{histories} histories"];
    }

    private long Histories(TenantId tenant)
    {
        using var hub = new SqliteConnection(Path.Combine(_folder.FullPath, "Marketline.db"));
        var statement = hub.Statement("SELECT count(*) FROM instances WHERE id LIKE ? AND id <> ?");
        return statement.Bind($"{tenant}%").Bind(InstanceIds.Deletion(tenant)).ExecuteScalar() ?? 0;
    }
}
