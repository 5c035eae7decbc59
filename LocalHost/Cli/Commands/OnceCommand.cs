using System.CommandLine;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.Cli.Demo;
using Marketline.LocalHost.Cli.Processes;
using Marketline.LocalHost.Cli.Report;
using Marketline.LocalHost.DemoMarketplace.SavedPages;
using Spectre.Console;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>Runs the main job once and tells what came of it; exit code 0 only when every run completed.</summary>
internal static class OnceCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true };

    public static Command Create()
    {
        var pages = new Option<DirectoryInfo?>("--pages")
        {
            Description = "A folder of saved pages (html/<key>.html.gz) with a ground-truth.json: run over these instead.",
        };
        var port = DemoEnvironment.MarketplacePortOption();
        var command = new Command("once", "Run every plan of the demo tenants once, print a summary and exit.") { pages, port };
        command.SetAction(
            (arguments, cancellationToken) => RunAsync(arguments.GetValue(pages), arguments.GetValue(port), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo? pages, int port, CancellationToken cancellationToken)
    {
        var workspace = Workspace.Find();
        Ports.RequireFree(port, pages is null ? "the demo marketplace" : "the server of the saved pages");
        await using var server = pages is null ? null : await ServeAsync(pages, port, cancellationToken);
        await using var demo = await DemoEnvironment.StartAsync(workspace, DemoEnvironment.WithoutTimers, cancellationToken);
        var summary = server is null
            ? await RunMarketplaceAsync(demo, port, cancellationToken)
            : await RunPagesAsync(demo, server, pages!, cancellationToken);

        Directory.CreateDirectory(workspace.Artifacts);
        await File.WriteAllTextAsync(workspace.Summary, JsonSerializer.Serialize(summary, Indented), cancellationToken);
        SummaryTable.Print(summary);
        AnsiConsole.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, workspace.Summary)}");
        return summary.Runs.All(run => run.Status == RunStatus.Completed) ? 0 : 1;
    }

    private static async Task<RunSummaryDocument> RunMarketplaceAsync(
        DemoEnvironment demo,
        int port,
        CancellationToken cancellationToken
    )
    {
        await using var marketplace = await demo.StartMarketplaceAsync(port, cancellationToken);
        return RunSummaryDocument.Of(await RunAllAsync(demo, DemoTenants.Create(shop => new Uri(marketplace.BaseUrl(shop)), schedule: null), cancellationToken));
    }

    private static async Task<SavedPagesServer> ServeAsync(DirectoryInfo folder, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await SavedPagesServer.StartAsync(folder.FullName, port, cancellationToken);
        }
        catch (SavedPagesException failure)
        {
            throw new CliException(failure.Message, failure);
        }
    }

    private static async Task<RunSummaryDocument> RunPagesAsync(
        DemoEnvironment demo,
        SavedPagesServer server,
        DirectoryInfo folder,
        CancellationToken cancellationToken
    )
    {
        var site = new PlanSite(new Uri($"{server.BaseUrl}/"), IsMirror: true);
        var plan = new PlanBody("generic-shop", CrawlKind.Products, [site], Limits: new PlanLimits { BatchSize = 50 });
        var tenant = new DemoTenant("demopages", "Saved pages", [new DemoPlan("pages", plan)]);
        var runs = await RunAllAsync(demo, [tenant], cancellationToken);
        if (runs[0].Datasets.Count == 0)
        {
            // The run failed: there is nothing to score.
            return RunSummaryDocument.Of(runs);
        }

        using var client = await demo.ProvisionAsync(tenant, cancellationToken);
        var scores = await PageScores.MeasureAsync(folder.FullName, client, runs[0].RunId, cancellationToken);
        return RunSummaryDocument.Of(runs) with { Scores = scores };
    }

    private static async Task<IReadOnlyList<RunState>> RunAllAsync(
        DemoEnvironment demo,
        IReadOnlyList<DemoTenant> tenants,
        CancellationToken cancellationToken
    )
    {
        var started = new List<StartedRun>();
        foreach (var tenant in tenants)
        {
            var client = await demo.ProvisionAsync(tenant, cancellationToken);
            foreach (var plan in tenant.Plans)
            {
                var runId = await client.StartRunAsync(plan.PlanId, cancellationToken);
                started.Add(new StartedRun($"{tenant.TenantId} {plan.PlanId}", runId, client));
            }
        }

        var states = await LiveProgress.WatchAsync(started, cancellationToken);
        foreach (var client in started.Select(run => run.Client).Distinct())
        {
            client.Dispose();
        }

        return states;
    }
}
