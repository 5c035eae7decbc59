using System.CommandLine;
using Marketline.LocalHost.Cli.Extract;
using Marketline.Platforms.GenericShop;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>Shows what extraction finds on a page, or on a folder of pages. Standard output holds the JSON and nothing else.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var source = new Argument<string?>("source") { Description = "An address to fetch, or a file (.html, .json, or either with .gz).", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "A folder with html/*.html.gz (or .html) and a ground-truth.json with each page's url: the main product of each page, as one JSON object." };
        var url = new Option<string?>("--url") { Description = "Where a file was fetched from; by default what the page itself names as its address." };
        var platform = new Option<string>("--platform") { Description = "Whose pages these are.", DefaultValueFactory = _ => GenericShopConnector.PlatformName };
        var render = new Option<bool>("--render") { Description = "Let a browser load the address before it is read." };
        var command = new Command("extract", "Show what is extracted from a page or from a folder of pages, as JSON with evidence.") { source, folder, url, platform, render };
        command.Validators.Add(result =>
        {
            if (result.GetValue(source) is null == result.GetValue(folder) is null)
            {
                result.AddError("Give either an address or file, or --folder.");
            }
        });
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                await using var services = LocalPlatforms.Create(Workspace.Find());
                var reader = new PageReader(services, arguments.GetValue(platform)!);
                await using var output = Console.OpenStandardOutput();
                return arguments.GetValue(folder) is { } pages
                    ? await FolderExtraction.RunAsync(pages, reader, output, cancellationToken)
                    : await PageExtraction.RunAsync(new PageRequest(arguments.GetValue(source)!, arguments.GetValue(url), arguments.GetValue(render)), reader, output, cancellationToken);
            }
        );
        return command;
    }
}
