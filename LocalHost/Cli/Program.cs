using System.CommandLine;
using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Commands;
using Spectre.Console;

const int widthOfFiles = 180;
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = widthOfFiles;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

var root = new RootCommand("Marketline on one machine. Without a command: 'up'.")
{
    UpCommand.Create(),
    OnceCommand.Create(),
    MarketplaceCommand.Create(),
    ExtractCommand.Create(),
    RobotsCommand.Create(),
    RenderProxyCommand.Create(),
};
// Stopping the app and the emulator takes seconds; without this the command line would be gone before they are.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
try
{
    return await root.Parse(CommandLine.Normalise(args)).InvokeAsync(configuration);
}
catch (CliException problem)
{
    return await EndAsync(1, problem.Message);
}
catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException { InnerException: TimeoutException })
{
    return await EndAsync(1, $"the app does not answer any more ({failure.Message}): its log is artifacts/logs/app.log.");
}
catch (OperationCanceledException)
{
    const int interrupted = 130;
    return await EndAsync(interrupted, "interrupted; all that it started is stopped.");
}

static async Task<int> EndAsync(int exitCode, string message)
{
    await Console.Error.WriteLineAsync($"marketline: {message}");
    return exitCode;
}
