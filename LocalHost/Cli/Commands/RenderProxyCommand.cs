using System.CommandLine;
using System.Net;
using Marketline.Platforms;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>Runs the guarding proxy beside a browser that is elsewhere than the workers (docs/rendering.md).</summary>
internal static class RenderProxyCommand
{
    public static Command Create()
    {
        var listen = new Option<string>("--listen") { Description = "Address and port to listen on.", DefaultValueFactory = _ => "127.0.0.1:3128" };
        var command = new Command("render-proxy", "Run the guarding proxy for a browser elsewhere; settings from the environment (Render__ProxySecret, Crawl__…). Ctrl+C stops it.") { listen };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(listen)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string listen, CancellationToken cancellationToken)
    {
        if (!IPEndPoint.TryParse(listen, out var endPoint))
        {
            throw new CliException($"--listen {listen} is no address with a port, such as 0.0.0.0:3128.");
        }

        try
        {
            await using var services = new ServiceCollection()
                .AddLogging(logging => logging.AddSimpleConsole())
                .AddPlatforms(new ConfigurationBuilder().AddEnvironmentVariables().Build())
                .BuildServiceProvider();
            await services
                .GetRequiredService<RenderProxyServer>()
                .RunAsync(endPoint, at => Console.WriteLine($"http://{at}  (Ctrl+C stops it)"), cancellationToken);
            return 0;
        }
        catch (Exception problem) when (problem is InvalidOperationException or OptionsValidationException)
        {
            throw new CliException(problem.Message);
        }
    }
}
