using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Marketline.Core.Tenants;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.Tests.EndToEnd;

/// <summary>The app as a process of its own on the local host, against an emulator and a marketplace of the test's.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly string OperatorKey = ApiKey.Create().Reveal();

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunningApp(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
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
        var start = new ProcessStartInfo("dotnet", [Assembly, "--port", $"{port}"])
        {
            WorkingDirectory = dataFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = new (string Name, string Value)[]
        {
            ("LocalHost__DataFolder", dataFolder),
            ("MALLOC_ARENA_MAX", "2"),
            ("AzureWebJobsStorage", connectionString),
            ("CrawlSchedule", "0 0 0 29 2 *"),
            ("Storage__ConnectionString", connectionString),
            ("Access__OperatorKey", OperatorKey),
            ("Access__Pepper", Convert.ToBase64String(new byte[32])),
            ("Privacy__AuthorKey", Convert.ToBase64String(new byte[32])),
            ("Crawl__AllowedPrivateAddresses__0", "127.0.0.0/8"),
            ("Crawl__StartDelay", "00:00:00"),
            ("Crawl__DelayFloor", "00:00:00"),
            ("Crawl__RetryDelay", "00:00:00.100"),
            ("Crawl__FetchTimeout", "00:00:02"),
            ("Crawl__FirstByteTimeout", "00:00:01"),
        };
        foreach (var (name, value) in environment.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var app = new RunningApp(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"));
        await app.WaitUntilHealthyAsync();
        return app;
    }

    public async Task<ApiClient> CreateTenantAsync(string tenantId)
    {
        using var operatorClient = new ApiClient(Address, OperatorKey);
        var key = await operatorClient.CreateTenantAsync(tenantId, tenantId, default);
        return new ApiClient(Address, key!);
    }

    /// <summary>As <c>kill -9</c>: nothing is flushed, nobody says good-bye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
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

    private static string Assembly
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(folder.Parent!.Parent!.FullName, "FunctionsApp", folder.Name, "FunctionsApp.dll");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilHealthyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The app ended at its start: {await _output}{await _errors}");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri("api/health", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Polling.PauseAsync();
            }
        }
    }
}
