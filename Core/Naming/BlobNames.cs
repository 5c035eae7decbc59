using System.Globalization;
using Marketline.Core.Runs;

namespace Marketline.Core.Naming;

/// <summary>
/// Every blob name in a tenant's container. Hive-style (<c>key=value</c> folders), so that Spark, DuckDB and pandas read the
/// zones as they are; deterministic, so that a step that runs twice writes the same blob twice.
/// </summary>
public static class BlobNames
{
    public static string Container(TenantId tenantId) => $"t-{tenantId}";

    /// <summary>The container for what belongs to no tenant, such as site slots.</summary>
    public const string SystemContainer = "system";

    /// <summary>A batch's targets, one JSON line each.</summary>
    public static string Targets(RunRef run, int batch) => $"targets/{RunFolder(run)}/{Batch(batch)}.jsonl";

    /// <summary>What is left of a batch after its <paramref name="segment"/>-th time box.</summary>
    public static string Cursor(RunRef run, int batch, int segment) =>
        string.Create(CultureInfo.InvariantCulture, $"targets/{RunFolder(run)}/{Batch(batch)}.cursor-{segment:D3}.json");

    /// <summary>What one time box of a site's planning has fetched, as WARC, for the next one to go on from.</summary>
    public static string Planning(RunRef run, int site, int segment) =>
        string.Create(CultureInfo.InvariantCulture, $"targets/{RunFolder(run)}/planning-{site:D3}-{segment:D3}.warc.gz");

    /// <summary>Which batch of a site has which address; see <see cref="Crawl.SeenAddresses"/>.</summary>
    public static string Seen(RunRef run, int site) =>
        string.Create(CultureInfo.InvariantCulture, $"targets/{RunFolder(run)}/seen-{site:D3}.bin");

    /// <summary>What was fetched, as WARC (ISO 28500).</summary>
    public static string Raw(RunRef run, int batch) => $"raw/{RunFolder(run)}/{Batch(batch)}.warc.gz";

    public static string Clean(RunRef run, int batch) => $"clean/{RunFolder(run)}/{Batch(batch)}.parquet";

    /// <summary>The prefix of all clean files of a run.</summary>
    public static string CleanFolder(RunRef run) => $"clean/{RunFolder(run)}/";

    /// <summary>The batch number in a blob's name.</summary>
    /// <exception cref="FormatException">The name is no batch's.</exception>
    public static int BatchOf(string blobName)
    {
        const string Marker = "/batch-";
        var start = blobName.LastIndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        var number = blobName.AsSpan(start);
        return int.Parse(number[..number.IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>One record per object with its steps: what lineage is written from.</summary>
    public static string Outcome(RunRef run, int batch) => $"outcome/{RunFolder(run)}/{Batch(batch)}.jsonl.gz";

    /// <summary>The prefix of a run's raw archives.</summary>
    public static string RawFolder(RunRef run) => $"raw/{RunFolder(run)}/";

    /// <summary>The prefix of a run's outcome blobs, those of the gold step included.</summary>
    public static string OutcomeFolder(RunRef run) => $"outcome/{RunFolder(run)}/batch-";

    public static bool IsGoldOutcome(string blobName) => blobName.EndsWith(".gold.jsonl.gz", StringComparison.Ordinal);

    /// <summary>
    /// The prefix of the batches of a site: it begins with the site's number, as <see cref="BatchNumbers.PerSite"/> is a power of
    /// ten. Other sites' may be among them: site 1 and site 12.
    /// </summary>
    /// <param name="folder"><c>targets</c>, <c>raw</c>, <c>clean</c> or <c>outcome</c>.</param>
    public static string SiteBatches(string folder, RunRef run, int site) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{RunFolder(run)}/batch-{site}");

    /// <summary>What the gold step made of a batch's clean objects.</summary>
    public static string GoldOutcome(RunRef run, int batch) => $"outcome/{RunFolder(run)}/{Batch(batch)}.gold.jsonl.gz";

    /// <summary>The gold step's result for the whole run; there once the step has done its work.</summary>
    public static string GoldResult(RunRef run) => $"outcome/{RunFolder(run)}/gold.json";

    public static string Quarantine(RunRef run, int batch) => $"quarantine/{RunFolder(run)}/{Batch(batch)}.jsonl";

    /// <summary>The pages of a site that a plan knows by a run's end, so that the next run can ask for what has changed.</summary>
    public static string Pages(RunRef run, Uri site) => $"{PagesFolder(run, site)}run={run.RunId}.pages";

    /// <summary>The prefix of a site's known pages: the last name is the newest.</summary>
    public static string PagesFolder(RunRef run, Uri site) => $"{PagesFolder(run)}site={Digest.Of(site.AbsoluteUri)}/";

    /// <summary>The prefix of a plan's known pages. Another kind reads other objects in the same pages.</summary>
    public static string PagesFolder(RunRef run) => $"pages/{run.Platform}/{KindName(run.Kind)}/plan={run.RunId.PlanId}/";

    /// <summary>The run whose known pages these are.</summary>
    public static RunId PagesRunOf(string blobName)
    {
        const string Marker = "/run=";
        var start = blobName.LastIndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        return RunId.Parse(blobName[start..^".pages".Length]);
    }

    /// <summary>There when somebody asked to cancel the run.</summary>
    public static string CancelFlag(RunId runId) => $"control/{runId}.cancel";

    /// <summary>What a run has used of its budget.</summary>
    public static string Budget(RunId runId) => $"control/{runId}.budget.json";

    /// <param name="partition">The Hive partition, such as <c>platform=shopify</c> or <c>dt=2026-11-21</c>.</param>
    public static string Gold(string dataset, string partition, RunId runId, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"gold/{dataset}/{partition}/run={runId}/part-{part:D4}.parquet");

    /// <summary>Which gold files of a dataset are current.</summary>
    public static string Manifest(string dataset) => $"gold/_manifests/{dataset}.json";

    /// <summary>The blob whose lease makes one writer at a time of a tenant's gold; holds a commit that is under way.</summary>
    public const string GoldLock = "gold/_manifests/_commit.json";

    /// <summary>The first admin key, until it is used. In the system container.</summary>
    public const string FirstAdminKey = "first-admin-key";

    /// <summary>A site's slot: its lease is the right to crawl, its content the throttle state. In the system container.</summary>
    public static string SiteSlot(string site) => $"sites/{Digest.Of(site)}.json";

    /// <summary>The first part of a blob's name.</summary>
    public static string ZoneOf(string blobName) => blobName.Split('/', 2)[0];

    public const string AdmissionFolder = "admission/";

    /// <summary>A pool's ledger; see <see cref="AdmissionNames"/>. In the system container.</summary>
    public static string Admission(string pool) => $"{AdmissionFolder}{pool}.json";

    public static string AdmissionPoolOf(string blobName) => blobName[AdmissionFolder.Length..^".json".Length];

    private static string RunFolder(RunRef run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Platform}/{KindName(run.Kind)}/dt={run.RunId.Date:yyyy-MM-dd}/run={run.RunId}"
        );

    private static string KindName(Crawl.CrawlKind kind) => kind.ToString().ToLowerInvariant();

    private static string Batch(int batch) => string.Create(CultureInfo.InvariantCulture, $"batch-{batch:D6}");
}
