using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Marketline.Core.Tenants;
using Marketline.LocalHost.Cli.Api;
using Marketline.Storage.Tables;

namespace Marketline.Tests.EndToEnd;

/// <summary>The app as a process of its own on the local host, against an emulator and a marketplace of the test's.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    /// <summary>What review authors are hashed with.</summary>
    public static readonly string AuthorKey = Convert.ToBase64String(new byte[32]);

    private static readonly string Pepper = Convert.ToBase64String(new byte[32]);

    private static readonly ApiKey AdminKey = ApiKey.Create();

    public static string AdminKeyText => AdminKey.Reveal();

    /// <summary>For tests that count requests: a machine under load must not make the crawler ask twice.</summary>
    public static readonly (string Name, string Value)[] Patient =
    [
        ("Crawl__FirstByteTimeout", "00:01:00"),
        ("Crawl__FetchTimeout", "00:02:00"),
    ];

    private readonly ProcessStartInfo _start;
    private Process _process = null!;
    private Task<string> _output = null!;
    private Task<string> _errors = null!;

    private RunningApp(ProcessStartInfo start, Uri address)
    {
        _start = start;
        Address = address;
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <param name="dataFolder">The engine's: the same one again continues its histories.</param>
    public static async Task<RunningApp> StartAsync(
        string connectionString,
        string dataFolder,
        params (string Name, string Value)[] settings
    )
    {
        var port = FreePort();
        var start = StartInfo(dataFolder, port, [.. Defaults(connectionString, dataFolder), .. settings]);
        var app = new RunningApp(start, new Uri($"http://127.0.0.1:{port}/"));
        await AddAdminKeyAsync(connectionString);
        await app.RunAsync();
        return app;
    }

    /// <summary>Runs an app that can not start, with nothing but the files of its folder and these settings.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> FailAsync(string folder, params (string Name, string Value)[] settings)
    {
        using var process = Process.Start(StartInfo(folder, FreePort(), settings))!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    public async Task<ApiClient> CreateTenantAsync(string tenantId) => Client(await CreateKeyAsync(tenantId));

    /// <summary>A new tenant's key, which every app on the same storage takes.</summary>
    public async Task<string> CreateKeyAsync(string tenantId)
    {
        using var operatorClient = AdminClient();
        return (await operatorClient.CreateTenantAsync(tenantId, tenantId, default))!;
    }

    /// <summary>A client with an admin's key.</summary>
    public ApiClient AdminClient() => Client(AdminKeyText);

    /// <summary>The same without the client's own reading of answers.</summary>
    public HttpClient AdminHttp()
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", AdminKey.Reveal());
        return http;
    }

    public ApiClient Client(string key) => new(Address, key);

    /// <summary>As <c>kill -9</c>: nothing is flushed, nobody says good-bye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>: the same address, settings and data folder.</summary>
    public async Task RestartAsync()
    {
        await DisposeAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await Task.WhenAll(_output, _errors);
        _process.Dispose();
    }

    /// <summary>Tests share an emulator, so there is a key before the first app would make one.</summary>
    private static async Task AddAdminKeyAsync(string connectionString)
    {
        var keys = new TableApiKeyStore(new TableProvider(new TableServiceClient(connectionString)));
        var key = new StoredApiKey
        {
            Id = AdminKey.Id,
            TenantId = null,
            Role = AccessRole.Admin,
            Name = "tests",
            SecretHash = AdminKey.Hash(Convert.FromBase64String(Pepper)),
            CreatedUtc = DateTimeOffset.UnixEpoch,
        };
        await keys.AddAsync(key, CancellationToken.None);
    }

    private static string Assembly
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(folder.Parent!.Parent!.FullName, "FunctionsApp", folder.Name, "FunctionsApp.dll");
        }
    }

    private static (string Name, string Value)[] Defaults(string connectionString, string dataFolder) =>
    [
        ("LocalHost__DataFolder", dataFolder),
        ("MALLOC_ARENA_MAX", "2"),
        // A killed app clears nothing away.
        ("TMPDIR", dataFolder),
        ("AzureWebJobsStorage", connectionString),
        ("CrawlSchedule", "0 0 0 29 2 *"),
        ("WatchSchedule", "0 0 0 29 2 *"),
        ("Storage__ConnectionString", connectionString),
        ("Access__Pepper", Pepper),
        ("Privacy__AuthorKey", AuthorKey),
        ("Crawl__AllowedPrivateAddresses__0", "127.0.0.0/8"),
        // The places are the account's, which tests share.
        ("Admission__MaxBatchesInFlight", "1000"),
        ("Crawl__StartDelay", "00:00:00"),
        ("Crawl__DelayFloor", "00:00:00"),
        ("Crawl__RetryDelay", "00:00:00.100"),
        ("Crawl__FetchTimeout", "00:00:02"),
        ("Crawl__FirstByteTimeout", "00:00:01"),
    ];

    private static ProcessStartInfo StartInfo(string folder, int port, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, "--port", $"{port}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync()
    {
        _process = Process.Start(_start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
        await WaitUntilHealthyAsync();
    }

    private async Task WaitUntilHealthyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Polling.UntilAsync(() => IsHealthyAsync(http), isHealthy => isHealthy);
    }

    private async Task<bool> IsHealthyAsync(HttpClient http)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The app ended at its start: {await _output}{await _errors}");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri("api/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
