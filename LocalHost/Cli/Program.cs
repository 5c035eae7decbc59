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
};
try
{
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
    return await root.Parse(CommandLine.Normalise(args)).InvokeAsync(configuration);
}
catch (CliException problem)
{
    await Console.Error.WriteLineAsync($"marketline: {problem.Message}");
    return 1;
}
