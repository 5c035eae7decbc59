using System.CommandLine;
using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Commands;

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
