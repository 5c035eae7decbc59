using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Marketline.Activities;
using Marketline.Activities.Aggregate;
using Marketline.Activities.Clean;
using Marketline.Activities.Crawl;
using Marketline.Activities.Lineage;
using Marketline.Analytics;
using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions;
using Marketline.Platforms;
using Marketline.Storage;
using Marketline.Tests.Functions;
using Marketline.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketline.Tests.Activities;

/// <summary>
/// The activities as one worker of the app runs them: real gateways, connectors and DuckDB, composed by the app's own
/// registrations, behind the middleware that names transient faults. Two of these are two workers.
/// </summary>
internal sealed class ActivityWorker : IAsyncDisposable
{
    private static readonly DateTimeOffset DefaultSlot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _temp;

    private ActivityWorker(ServiceProvider services, DirectoryInfo temp)
    {
        _services = services;
        _temp = temp;
    }

    public IServiceProvider Services => _services;

    /// <summary>What the activities start and wake.</summary>
    public StartRecorder Client { get; } = new();

    public static async Task<ActivityWorker> StartAsync(WorkerSetup? setup = null)
    {
        setup ??= new WorkerSetup();
        var connection = setup.ConnectionString ?? await AzuriteFixture.ConnectionStringAsync();
        var temp = Directory.CreateTempSubdirectory("activities-");
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = connection,
            ["Privacy:AuthorKey"] = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
            ["Analytics:TempDirectory"] = temp.FullName,
            ["Analytics:MemoryLimitMegabytes"] = "256",
            ["Crawl:StartDelay"] = "00:00:00",
            ["Crawl:DelayFloor"] = "00:00:00",
            ["Crawl:RetryDelay"] = "00:00:00",
            ["Crawl:AllowedPrivateAddresses:0"] = "127.0.0.0/8",
            // The places are the account's, and many tests crawl a batch that nobody cleans.
            ["Admission:MaxBatchesInFlight"] = "1000",
        };
        foreach (var (name, value) in setup.Settings)
        {
            settings[name] = value;
        }

        var present = settings.Where(setting => setting.Value is not null);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(present).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(setup.Time)
            .AddStorage(configuration)
            .AddAnalytics(configuration)
            .AddPlatforms(configuration)
            .AddActivities(configuration);
        if (setup.Connector is not null)
        {
            services.AddSingleton(setup.Connector);
        }

        if (setup.HasQuickRetries)
        {
            services.Replace(ServiceDescriptor.Singleton(QuickBlobs(connection, setup)));
            services.Replace(ServiceDescriptor.Singleton(new TableServiceClient(connection, Quick(new TableClientOptions()))));
        }

        return new ActivityWorker(services.BuildServiceProvider(), temp);
    }

    /// <summary>A run of a tenant that no other test has.</summary>
    public static RunRef NewRun(CrawlKind kind = CrawlKind.Products, string platform = "generic-shop") =>
        new()
        {
            RunId = new RunId(TestStorage.NewTenant(), PlanId.Parse("plan"), DefaultSlot),
            Platform = platform,
            Kind = kind,
        };

    /// <summary>The same plan some hours later.</summary>
    public static RunRef Later(RunRef run, int hours) =>
        run with { RunId = new RunId(run.TenantId, run.RunId.PlanId, run.RunId.ScheduledUtc.AddHours(hours)) };

    /// <summary>Another execution for the same slot.</summary>
    public static RunRef Rerun(RunRef run, int number = 1) =>
        run with { RunId = new RunId(run.TenantId, run.RunId.PlanId, run.RunId.ScheduledUtc, number) };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public RunBlobs Blobs(RunRef run) => new(this, run);

    public Task<PlanTargetsOutput> PlanAsync(PlanTargetsInput input) =>
        RunAsync<PlanTargetsActivity, PlanTargetsOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<PlanRerunOutput> PlanRerunAsync(PlanRerunInput input) =>
        RunAsync<PlanRerunActivity, PlanRerunOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<CleanBatchOutput> ReuseAsync(CleanBatchInput input) =>
        RunAsync<ReuseBatchActivity, CleanBatchOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<ListBatchesOutput> ListBatchesAsync(RunRef run) =>
        RunAsync<ListBatchesActivity, ListBatchesOutput>(activity => activity.RunAsync(new ListBatchesInput(run), CancellationToken.None));

    public Task<CrawlBatchOutput> CrawlAsync(CrawlBatchInput input, CancellationToken cancellationToken = default) =>
        RunAsync<CrawlBatchActivity, CrawlBatchOutput>(activity => activity.RunAsync(input, Client, cancellationToken), cancellationToken);

    public Task<CleanBatchOutput> CleanAsync(CleanBatchInput input) =>
        RunAsync<CleanBatchActivity, CleanBatchOutput>(activity => activity.RunAsync(input, Client, CancellationToken.None));

    public Task<CleanBatchOutput> FailAsync(CleanBatchInput input) =>
        RunAsync<FailBatchActivity, CleanBatchOutput>(activity => activity.RunAsync(input, Client, CancellationToken.None));

    public Task<AggregateOutput> AggregateAsync(RunRef run, params int[] excludedBatches) => AggregateAsync(new AggregateInput(run, excludedBatches));

    public Task<AggregateOutput> AggregateAsync(AggregateInput input) =>
        RunAsync<AggregateActivity, AggregateOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<RememberPagesOutput> RememberAsync(RememberPagesInput input) =>
        RunAsync<RememberPagesActivity, RememberPagesOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<WriteLineageOutput> WriteLineageAsync(WriteLineageInput input) =>
        RunAsync<WriteLineageActivity, WriteLineageOutput>(activity => activity.RunAsync(input, CancellationToken.None));

    public Task<RecordRunOutput> RecordRunAsync(RecordRunInput input) =>
        RunAsync<RecordRunActivity, RecordRunOutput>(activity => activity.RunAsync(input, Client, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _services.DisposeAsync();
        _temp.Delete(recursive: true);
    }

    private async Task<TOutput> RunAsync<TActivity, TOutput>(
        Func<TActivity, Task<TOutput>> run,
        CancellationToken cancellationToken = default
    )
        where TActivity : class
    {
        var activity = ActivatorUtilities.CreateInstance<TActivity>(_services);
        Task<TOutput>? running = null;
        await new TransientFaultMiddleware().Invoke(new BareFunctionContext(cancellationToken: cancellationToken), _ => running = run(activity));
        return await running!;
    }

    private static BlobServiceClient QuickBlobs(string connection, WorkerSetup setup)
    {
        var options = Quick(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02));
        if (setup.BlobTransport is not null)
        {
            options.Transport = setup.BlobTransport;
        }

        return new BlobServiceClient(connection, options);
    }

    private static TOptions Quick<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }
}
