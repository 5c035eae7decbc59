using Marketline.Analytics.DuckDb;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Gold;

/// <summary>The datasets that are derived from the latest offers.</summary>
internal sealed class PriceDatasets(DuckDbSession session, GoldJob job, IReadOnlyList<DatasetFile> latest)
{
    /// <summary>One row per offer whose price, currency or availability is another one than before this run.</summary>
    public Task<DatasetFile> WriteChangesAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            DatasetNames.PriceChanges,
            $"""
            (SELECT n.object_key, n.platform, n.url, n.name, n.category,
                    p.currency_code AS old_currency_code, n.currency_code,
                    p.price AS old_price, n.price AS new_price,
                    CASE WHEN p.currency_code = n.currency_code AND p.price > 0
                         THEN round(n.price::DOUBLE / p.price::DOUBLE - 1, 6) END AS change_ratio,
                    p.availability AS old_availability, n.availability AS new_availability,
                    n.price_seen_utc AS changed_utc, n.last_run_id AS run_id
             FROM {SqlText.ReadParquet(latest.Select(f => f.Path))} n
             JOIN job ON n.last_run_id = job.run_id
             JOIN previous p ON p.object_key = n.object_key
             WHERE n.price IS DISTINCT FROM p.price
                OR n.currency_code IS DISTINCT FROM p.currency_code
                OR n.availability IS DISTINCT FROM p.availability
             ORDER BY n.object_key)
            """,
            cancellationToken
        );

    /// <summary>
    /// Per category and currency: the spread of the tenant's prices, and the Jevons index (the geometric mean of the price
    /// relatives), which the Consumer Price Index Manual (ILO, IMF and others, 2004, chapter 20) prefers where there are no
    /// weights. The logarithms are added as decimals, so that the sum does not depend on the rows' order.
    /// </summary>
    public Task<DatasetFile> WriteIndexAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            DatasetNames.PriceIndex,
            $"""
            (SELECT coalesce(nullif(trim(category), ''), 'uncategorised') AS category, currency_code, job.dt,
                    count(*) AS offer_count,
                    min(price) AS min_price,
                    median(price)::DECIMAL(18,4) AS median_price,
                    (sum(price) / count(*))::DECIMAL(18,4) AS avg_price,
                    max(price) AS max_price,
                    round(100 * exp(sum(ln(price::DOUBLE / first_price::DOUBLE)::DECIMAL(18,12))::DOUBLE / count(*)), 6)
                        AS price_index
             FROM {SqlText.ReadParquet(latest.Select(f => f.Path).Concat(job.OtherPlatformFiles))} CROSS JOIN job
             WHERE price > 0 AND first_price > 0 AND currency_code IS NOT NULL
             GROUP BY ALL
             ORDER BY category, currency_code)
            """,
            cancellationToken
        );

    private Task<DatasetFile> WriteAsync(string dataset, string rows, CancellationToken cancellationToken) =>
        session.WriteDatasetAsync(dataset, rows, Path.Combine(job.WorkFolder, $"{dataset}.parquet"), cancellationToken);
}
