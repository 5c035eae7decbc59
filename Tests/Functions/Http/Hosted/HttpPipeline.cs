using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Marketline.Activities;
using Marketline.Analytics;
using Marketline.Core.Audit;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions;
using Marketline.Functions.Http;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Audit;
using Marketline.Functions.Http.Idempotency;
using Marketline.Functions.Http.RateLimits;
using Marketline.Platforms;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Marketline.Tests.LocalHost;
using Marketline.Tests.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketline.Tests.Functions.Http.Hosted;

/// <summary>The app's middlewares, in its order, around <see cref="HostedActions"/> on the local host; with a key of each kind.</summary>
internal sealed class HttpPipeline : IAsyncDisposable
{
    private static readonly string Pepper = Convert.ToBase64String(new byte[32]);

    private readonly FunctionsTestHost _host;

    private HttpPipeline(FunctionsTestHost host) => _host = host;

    public ActionScript Script { get; } = new();

    public TenantId Tenant { get; private set; }

    public ApiKey Owner { get; private set; } = null!;

    public ApiKey Admin { get; private set; } = null!;

    public static async Task<HttpPipeline> StartAsync(string connectionString)
    {
        var settings = new Dictionary<string, string?> { ["Storage:ConnectionString"] = connectionString, ["Access:Pepper"] = Pepper, ["Privacy:AuthorKey"] = Pepper };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var keys = new TableApiKeyStore(new TableProvider(new TableServiceClient(connectionString)));
        var admin = ApiKey.Create();
        await keys.AddAsync(Stored(admin, null, AccessRole.Admin), default);

        HttpPipeline? pipeline = null;
        var host = await FunctionsTestHost.StartAsync(
            new FunctionsTestOptions { Functions = [typeof(HostedActions)], Configure = builder => Configure(builder, configuration, () => pipeline!.Script) }
        );
        pipeline = new HttpPipeline(host) { Admin = admin };
        (pipeline.Tenant, pipeline.Owner) = await pipeline.AddTenantAsync();
        return pipeline;
    }

    /// <summary>A tenant with an owner's key.</summary>
    public async Task<(TenantId Tenant, ApiKey Owner)> AddTenantAsync()
    {
        var tenant = new Tenant { TenantId = TestStorage.NewTenant(), DisplayName = "One", CreatedUtc = DateTimeOffset.UnixEpoch };
        await Service<TableTenantStore>().TryAddAsync(tenant, default);
        var owner = ApiKey.Create();
        await Service<TableApiKeyStore>().AddAsync(Stored(owner, tenant.TenantId, AccessRole.Owner), default);
        return (tenant.TenantId, owner);
    }

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        ApiKey key,
        string? idempotencyKey = null,
        string body = "{}"
    )
    {
        using var request = new HttpRequestMessage(method, $"api/{path}");
        request.Headers.Add("X-Api-Key", key.Reveal());
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        request.Content = method == HttpMethod.Get ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _host.Client.SendAsync(request);
    }

    public async Task<List<AuditEntry>> AuditAsync(ApiKey actor)
    {
        // The rows themselves: how they are listed is another's business.
        var table = Service<TableServiceClient>().GetTableClient(TableNames.Audit);
        var entries = new List<AuditEntry>();
        await foreach (var row in table.QueryAsync<TableEntity>((string?)null))
        {
            if (row.TryGetValue("Entry", out var text) && ((string)text).Contains(actor.Id, StringComparison.Ordinal))
            {
                entries.Add(JsonSerializer.Deserialize<AuditEntry>((string)text, JsonFormat.Options)!);
            }
        }

        return entries;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static void Configure(FunctionsApplicationBuilder builder, IConfiguration configuration, Func<ActionScript> script)
    {
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<RequestRulesMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<RateLimitMiddleware>();
        builder.UseMiddleware<AuditMiddleware>();
        builder.UseMiddleware<IdempotencyMiddleware>();
        builder
            .Services.AddStorage(configuration)
            .AddAnalytics(configuration)
            .AddPlatforms(configuration)
            .AddActivities(configuration)
            .AddFunctions(configuration)
            .AddTransient(_ => script());

        // Tests that take the tables away do not wait until the client gives up.
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        builder.Services.AddSingleton(new TableServiceClient(configuration["Storage:ConnectionString"]!, options));
    }

    private static StoredApiKey Stored(ApiKey key, TenantId? tenantId, AccessRole role) =>
        new()
        {
            Id = key.Id,
            TenantId = tenantId,
            Role = role,
            Name = "test",
            SecretHash = key.Hash(Convert.FromBase64String(Pepper)),
            CreatedUtc = DateTimeOffset.UnixEpoch,
        };
}
