using System.CommandLine;
using Marketline.LocalHost.Cli.Demo;
using Marketline.LocalHost.Cli.Processes;
using Spectre.Console;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>Starts everything, says where to look, and goes on until Ctrl+C.</summary>
internal static class UpCommand
{
    /// <summary>The demo plans run by themselves every quarter of an hour.</summary>
    private const string Schedule = "0 */15 * * * *";

    public static Command Create()
    {
        var port = DemoEnvironment.MarketplacePortOption();
        var command = new Command("up", "Start the storage emulator, the demo marketplace and the app; Ctrl+C stops them.") { port };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        var workspace = Workspace.Find();
        Ports.RequireFree(port, "the demo marketplace");
        await using var demo = await DemoEnvironment.StartAsync(workspace, DemoEnvironment.WithTimers, cancellationToken);
        await using var marketplace = await demo.StartMarketplaceAsync(port, cancellationToken);
        foreach (var tenant in DemoTenants.Create(shop => new Uri(marketplace.BaseUrl(shop)), Schedule))
        {
            using var client = await demo.ProvisionAsync(tenant, cancellationToken);
        }

        AnsiConsole.MarkupLineInterpolated($"[green]Marketline is running.[/] Plans run every quarter of an hour; [bold]./run.sh --once[/] runs them now (stop this first).");
        AnsiConsole.MarkupLineInterpolated($"  API          {demo.Address}api/docs   (keys: {workspace.Data}/demo-keys.json)");
        AnsiConsole.MarkupLineInterpolated($"  marketplace  http://localhost:{marketplace.Port}/");
        AnsiConsole.MarkupLineInterpolated($"  logs         {workspace.Logs}");
        AnsiConsole.MarkupLine("Ctrl+C stops it.");
        await demo.App.WaitForExitAsync(cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return cancellationToken.IsCancellationRequested
            ? 0
            : throw new CliException($"the app ended:{Environment.NewLine}{demo.App.Tail}");
    }
}
