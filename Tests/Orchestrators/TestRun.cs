using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Tests.Orchestrators;

/// <summary>The run that the orchestrators' tests play, and its inputs.</summary>
internal static class TestRun
{
    /// <summary>Small, so that a few targets make several batches.</summary>
    public const int BatchSize = 10;

    public static readonly DateTimeOffset StartUtc = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    public static readonly RunRef Ref = new()
    {
        RunId = RunId.Parse("acme-daily-20261121T031500Z"),
        Platform = "generic-shop",
        Kind = CrawlKind.Products,
    };

    public static string Id => InstanceIds.Run(Ref.RunId);

    public static string SiteId(int site) => InstanceIds.Site(Ref.RunId, site);

    public static string RecordId(string phase) => InstanceIds.Record(Ref.RunId, phase);

    public static RunInput Input(int siteCount, int maxParallelSites = 8) =>
        new()
        {
            Run = Ref,
            Sites = [.. Enumerable.Range(0, siteCount).Select(Site)],
            Limits = new PlanLimits { BatchSize = BatchSize, MaxParallelSites = maxParallelSites },
        };

    /// <summary>The run that <see cref="RerunInput"/> repeats.</summary>
    public static readonly RunRef Source = Ref with { RunId = RunId.Parse("acme-daily-20261121T031500Z-r1") };

    /// <summary>Whose archive that one was made of.</summary>
    public static readonly RunRef Raw = Ref with { RunId = RunId.Parse("acme-daily-20261121T031500Z-r2") };

    public static RunInput RerunInput(RerunStep from, RerunScope only = RerunScope.All, int siteCount = 1) =>
        Input(siteCount) with { RerunOf = Source.RunId.Value, Rerun = new RerunSource(from, only, Source, Raw) };

    public static CrawlSiteCheckpoint SiteInput(int targetCount, int site = 0) =>
        new()
        {
            Run = Ref,
            Site = Site(site),
            FirstBatch = BatchNumbers.FirstOf(site),
            BatchCount = (targetCount + BatchSize - 1) / BatchSize,
            BatchSize = BatchSize,
            TargetCount = targetCount,
        };

    public static RecordRunCheckpoint Closing(params BatchRange[] batches) =>
        new()
        {
            Run = Ref,
            Batches = batches,
            Summary = new RunSummary { Status = RunStatus.Completed, StartedUtc = StartUtc, FinishedUtc = StartUtc },
        };

    private static PlanSite Site(int site) => new(new Uri(string.Create(CultureInfo.InvariantCulture, $"https://shop{site}.example/")));
}
