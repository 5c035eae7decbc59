using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.LocalHost.Cli.Commands;

/// <summary>
/// Says what a site's robots.txt decides about an address, and by which line. Exit code 0: allowed, 1: forbidden, 2: the file was not
/// to be had.
/// </summary>
internal static partial class RobotsCommand
{
    private const int Allowed = 0;
    private const int Forbidden = 1;
    private const int NotToBeHad = 2;

    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "The address of a page." };
        var agent = new Option<string?>("--agent") { Description = "Whose rules to look for, instead of the crawler's own." };
        var command = new Command("robots", "Show what a site's robots.txt says about an address, and which line decides.") { url, agent };
        command.SetAction(
            (arguments, cancellationToken) =>
                RunAsync(arguments.GetValue(url)!, arguments.GetValue(agent), CrawlSettings.Read(), Console.Out, cancellationToken)
        );
        return command;
    }

    internal static async Task<int> RunAsync(
        string url,
        string? agent,
        IConfiguration settings,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CliException($"'{url}' is no http or https address.");
        }

        if (agent is not null && !ProductToken().IsMatch(agent))
        {
            throw new CliException($"'{agent}' is no name of a crawler: letters, '-' and '_' are expected (RFC 9309).");
        }

        await using var services = new ServiceCollection().AddLogging().AddCrawl(settings).BuildServiceProvider();
        var report = await services.GetRequiredService<RobotsCheck>().AskAsync(address, agent, cancellationToken);
        await output.WriteLineAsync(Words(address, report));
        return report.Problem is not null ? NotToBeHad : report.Decision.IsAllowed ? Allowed : Forbidden;
    }

    private static string Words(Uri address, RobotsReport report)
    {
        var lines = new List<string>
        {
            Line("address", address.AbsoluteUri),
            Line("file", report.StatusCode == 0 ? $"{report.File} (no answer)" : $"{report.File} (status {report.StatusCode})"),
            Line("agent", report.Agent),
            Line("group", report.Rules.Group ?? "none"),
            Line("decision", Decision(report)),
        };
        if (report.Rules.CrawlDelay is { } delay)
        {
            lines.Add(Line("crawl-delay", string.Create(CultureInfo.InvariantCulture, $"{delay.TotalSeconds:0.###} s")));
        }

        lines.AddRange(report.Rules.Sitemaps.Select(sitemap => Line("sitemap", sitemap)));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Decision(RobotsReport report) =>
        report switch
        {
            { Problem: { } problem } => $"forbidden: {problem}",
            { Decision: { Line: { } line } decision } => $"{(decision.IsAllowed ? "allowed" : "forbidden")} by line {line.ToString(CultureInfo.InvariantCulture)}: {decision.Rule}",
            { StatusCode: >= 400 } => "allowed: there is no robots.txt",
            _ => "allowed: no line is about it",
        };

    private static string Line(string name, string value) => $"{name, -12} {value}";

    [GeneratedRegex("^[A-Za-z_-]{1,60}$")]
    private static partial Regex ProductToken();
}
