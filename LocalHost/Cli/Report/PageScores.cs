using System.Text.Json;
using Marketline.Core.Datasets;
using Marketline.Core.Extract.Scoring;
using Marketline.Core.Naming;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Report;

/// <summary>Compares what a run found on saved pages with their ground truth.</summary>
internal static class PageScores
{
    private static readonly JsonSerializerOptions RowFormat = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<IReadOnlyDictionary<string, RunSummaryDocument.Score>> MeasureAsync(
        string folder,
        ApiClient client,
        string runId,
        CancellationToken cancellationToken
    )
    {
        await using var file = File.OpenRead(Path.Combine(folder, "ground-truth.json"));
        var truth = GroundTruth.Read(file);
        var keys = truth.ToDictionary(page => PageKey(page.Value.Url), page => page.Key);

        var found = new Dictionary<string, ScoredRecord>();
        await foreach (var line in client.ReadRowLinesAsync(DatasetNames.LatestOffers, runId, cancellationToken))
        {
            var row = JsonSerializer.Deserialize<OfferRow>(line, RowFormat)!;
            // A page may hold several offers; the first one is its main product.
            if (keys.TryGetValue(PageKey(row.Url), out var key))
            {
                found.TryAdd(key, new ScoredRecord(row.Price, row.Sku, row.Availability));
            }
        }

        return ExtractionScorer
            .Score(truth, found)
            .ToDictionary(score => score.Field, score => new RunSummaryDocument.Score(score.Precision, score.Recall, score.F1));
    }

    /// <summary>Without the scheme: a mirror's addresses name the host and no scheme.</summary>
    private static string PageKey(string url)
    {
        var canonical = CanonicalUrl.Of(url);
        return canonical[(canonical.IndexOf("//", StringComparison.Ordinal) + 2)..];
    }
}
