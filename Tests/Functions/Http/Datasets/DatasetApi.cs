using System.Net;
using System.Text.Json;
using Marketline.Analytics;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Container;
using Marketline.Functions.Http.Datasets;
using Marketline.Functions.Http.Objects;
using Marketline.Functions.Http.Paging;
using Marketline.Storage;
using Marketline.Tests.Activities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketline.Tests.Functions.Http.Datasets;

/// <summary>The endpoints of datasets, objects and containers on a real web server, over gold that the gold step has made.</summary>
internal sealed class DatasetApi : IAsyncDisposable
{
    private const string TenantHeader = "Tenant";

    private readonly ActivityWorker _worker;
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly TemporaryFolder _folder;

    private DatasetApi(ActivityWorker worker, WebApplication app, TemporaryFolder folder)
    {
        _worker = worker;
        _app = app;
        _folder = folder;
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public static async Task<DatasetApi> StartAsync()
    {
        var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = await AzuriteFixture.ConnectionStringAsync(),
                ["Storage:FileCacheFolder"] = Path.Combine(folder.FullPath, "files"),
                ["Analytics:TempDirectory"] = Path.Combine(folder.FullPath, "temp"),
            }
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStorage(builder.Configuration).AddAnalytics(builder.Configuration);
        builder.Services.Configure<AccessOptions>(options => options.Pepper = Convert.ToBase64String(new byte[32]));
        builder.Services.AddSingleton<PageCursors>().AddSingleton<DatasetReader>().AddSingleton<QueryPages>().AddSingleton<DatasetDownloads>().AddProblemDetails();

        var app = builder.Build();
        app.Use(
            (http, next) =>
            {
                http.SetCaller(new Caller(AccessRole.Owner, TenantId.Parse(http.Request.Headers[TenantHeader].ToString()), "test"));
                return next(http);
            }
        );
        Map<ListDatasetsEndpoint>(app, "/api/datasets", (endpoint, http, token) => endpoint.RunAsync(http.Request, token));
        Map<GetDatasetEndpoint>(app, "/api/datasets/{name}", (endpoint, http, token) => endpoint.RunAsync(http.Request, Name(http), token));
        Map<GetDatasetRowsEndpoint>(app, "/api/datasets/{name}/rows", (endpoint, http, token) => endpoint.RunAsync(http.Request, Name(http), token));
        Map<DownloadDatasetEndpoint>(app, "/api/datasets/{name}/download", (endpoint, http, token) => endpoint.RunAsync(http.Request, Name(http), token));
        Map<ListObjectsEndpoint>(app, "/api/objects", (endpoint, http, token) => endpoint.RunAsync(http.Request, token));
        Map<GetObjectEndpoint>(app, "/api/objects/{name}", (endpoint, http, token) => endpoint.RunAsync(http.Request, Name(http), token));
        Map<CreateContainerAccessEndpoint>(app, "/api/container/access", (endpoint, http, token) => endpoint.RunAsync(http.Request, token));
        await app.StartAsync();
        return new DatasetApi(await ActivityWorker.StartAsync(), app, folder);
    }

    /// <summary>Makes gold of the offers, as a run of the tenant does.</summary>
    public async Task<RunRef> RunAsync(TenantId tenant, int hour, string platform, params Offer[] offers)
    {
        var run = new RunRef
        {
            RunId = new RunId(tenant, PlanId.Parse("plan"), new DateTimeOffset(2026, 11, 21, hour, 0, 0, TimeSpan.Zero)),
            Platform = platform,
            Kind = CrawlKind.Products,
        };
        await _worker.Blobs(run).WriteCleanAsync(0, offers);
        await _worker.AggregateAsync(run);
        return run;
    }

    public async Task<HttpResponseMessage> SendAsync(TenantId tenant, HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add(TenantHeader, tenant.Value);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(TenantId tenant, string address, params (string Name, string Value)[] headers) =>
        SendAsync(tenant, HttpMethod.Get, address, headers);

    /// <summary>The JSON of an answer with that status.</summary>
    public async Task<JsonElement> JsonAsync(TenantId tenant, string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await GetAsync(tenant, address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(status), text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _worker.DisposeAsync();
        _folder.Dispose();
    }

    private static string Name(HttpContext http) => (string)http.Request.RouteValues["name"]!;

    private static void Map<TEndpoint>(WebApplication app, string route, Func<TEndpoint, HttpContext, CancellationToken, Task<IResult>> run)
        where TEndpoint : class =>
        app.Map(
            route,
            async (HttpContext http) =>
            {
                var endpoint = ActivatorUtilities.CreateInstance<TEndpoint>(app.Services);
                await (await run(endpoint, http, http.RequestAborted)).ExecuteAsync(http);
            }
        );
}
