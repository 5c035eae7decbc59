using System.CommandLine;
using Marketline.LocalHost.Cli.Demo;
using Marketline.LocalHost.Cli.Processes;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>Starts the demo marketplace alone.</summary>
internal static class MarketplaceCommand
{
    public static Command Create()
    {
        var port = DemoEnvironment.MarketplacePortOption();
        port.Aliases.Add("--port");
        var day = new Option<int>("--day") { Description = "Which day's prices and stock to show." };
        var command = new Command("marketplace", "Start the demo marketplace alone; Ctrl+C stops it.") { port, day };
        command.SetAction(
            (arguments, cancellationToken) => RunAsync(arguments.GetValue(port), arguments.GetValue(day), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(int port, int day, CancellationToken cancellationToken)
    {
        Ports.RequireFree(port, "the demo marketplace");
        var options = new DemoMarketplaceOptions { Port = port, Day = day };
        await using var server = await DemoMarketplaceServer.StartAsync(options, cancellationToken);
        Console.WriteLine($"http://localhost:{server.Port}/  (Ctrl+C stops it)");
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
        return 0;
    }
}
