using System.CommandLine;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.Cli.Processes;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>The storage emulator and the app, running; both are stopped when it is disposed (an emulator that was there is not).</summary>
internal sealed class DemoEnvironment : IAsyncDisposable
{
    private const int MarketplacePort = 7080;

    /// <summary>The app with its timers as set in local.settings.json.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithTimers = new Dictionary<string, string>();

    /// <summary>The app with a schedule that never comes while we look: only what is asked for runs.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithoutTimers = new Dictionary<string, string>
    {
        ["CrawlSchedule"] = "0 0 0 29 2 *",
        ["WatchSchedule"] = "0 0 0 29 2 *",
    };

    private readonly Workspace _workspace;
    private readonly ChildProcess? _azurite;
    private readonly Provisioning _provisioning;

    private DemoEnvironment(Workspace workspace, ChildProcess? azurite, ChildProcess app, Uri address, Provisioning provisioning)
    {
        _workspace = workspace;
        _azurite = azurite;
        App = app;
        Address = address;
        _provisioning = provisioning;
    }

    public ChildProcess App { get; }

    public Uri Address { get; }

    public static async Task<DemoEnvironment> StartAsync(
        Workspace workspace,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken
    )
    {
        var localSettings = LocalSettings.Ensure(workspace);
        Ports.RequireFree(localSettings.HttpPort, "the app");
        var azurite = await AzuriteProcess.StartAsync(workspace, EmulatorPorts.Of(localSettings.StorageConnection), cancellationToken);
        try
        {
            var app = await AppProcess.StartAsync(workspace, localSettings.HttpPort, localSettings.With(settings), cancellationToken);
            var address = AppProcess.BaseAddress(localSettings.HttpPort);
            var provisioning = new Provisioning(address, localSettings, new DemoKeys(workspace));
            return new DemoEnvironment(workspace, azurite, app, address, provisioning);
        }
        catch
        {
            if (azurite is not null)
            {
                await azurite.DisposeAsync();
            }

            throw;
        }
    }

    public Task<ApiClient> ProvisionAsync(DemoTenant tenant, CancellationToken cancellationToken) =>
        _provisioning.ProvisionAsync(tenant, cancellationToken);

    /// <summary>The option that says where the demo marketplace listens.</summary>
    public static Option<int> MarketplacePortOption() =>
        new("--marketplace-port")
        {
            Description = "Where the demo marketplace listens. The plans' addresses have it in them: another port is another shop.",
            DefaultValueFactory = _ => MarketplacePort,
        };

    /// <summary>The marketplace, a day later at each start: prices and stock have changed since.</summary>
    public Task<DemoMarketplaceServer> StartMarketplaceAsync(int port, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_workspace.Data, "marketplace-day.txt");
        var day = File.Exists(path) && int.TryParse(File.ReadAllText(path), out var last) ? last + 1 : 0;
        File.WriteAllText(path, $"{day}");
        var options = new DemoMarketplaceOptions { Port = port, Day = day };
        return DemoMarketplaceServer.StartAsync(options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
