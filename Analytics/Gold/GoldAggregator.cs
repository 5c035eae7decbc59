using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Shapes;
using Marketline.Core.Datasets;
using Microsoft.Extensions.Options;

namespace Marketline.Analytics.Gold;

/// <summary>
/// Turns a run's clean batches and the datasets' current files into the datasets' next files. It only reads its inputs, and
/// the same inputs give the same bytes: a second attempt is harmless. Input that can not be read throws
/// <see cref="DamagedBatchException"/>.
/// </summary>
public sealed class GoldAggregator
{
    private readonly DuckDbJobs _jobs;
    private readonly int _maxRowsPerFile;

    internal GoldAggregator(DuckDbJobs jobs, IOptions<AnalyticsOptions> options)
    {
        _jobs = jobs;
        _maxRowsPerFile = options.Value.MaxRowsPerFile;
    }

    /// <summary>Writes <c>latest_offers</c>, <c>price_changes</c> and <c>price_index</c>.</summary>
    public Task<GoldResult> AggregateOffersAsync(GoldJob job, CancellationToken cancellationToken) =>
        _jobs.RunAsync(session => AggregateOffersAsync(session, job, cancellationToken), cancellationToken);

    /// <summary>Writes <c>latest_reviews</c>.</summary>
    public Task<GoldResult> AggregateReviewsAsync(GoldJob job, CancellationToken cancellationToken) =>
        _jobs.RunAsync(session => AggregateReviewsAsync(session, job, cancellationToken), cancellationToken);

    private async Task<GoldResult> AggregateOffersAsync(
        DuckDbSession session,
        GoldJob job,
        CancellationToken cancellationToken
    )
    {
        var shape = OfferShape.Value;
        var inputs = new GoldInputs(session, shape, job);
        return await inputs.GuardAsync(
            async () =>
            {
                await inputs.OpenAsync(cancellationToken);
                var latest = await new LatestDataset(session, shape, job, _maxRowsPerFile).WriteAsync(cancellationToken);
                var outcomes = await new OutcomeFiles(session, job, latest).WriteAsync(cancellationToken);
                var prices = new PriceDatasets(session, job, latest);
                return new GoldResult(
                    [
                        .. latest,
                        await prices.WriteChangesAsync(cancellationToken),
                        await prices.WriteIndexAsync(cancellationToken),
                    ],
                    outcomes
                );
            },
            cancellationToken
        );
    }

    private async Task<GoldResult> AggregateReviewsAsync(
        DuckDbSession session,
        GoldJob job,
        CancellationToken cancellationToken
    )
    {
        var shape = ReviewShape.Value;
        var inputs = new GoldInputs(session, shape, job);
        return await inputs.GuardAsync(
            async () =>
            {
                await inputs.OpenAsync(cancellationToken);
                var latest = await new LatestDataset(session, shape, job, _maxRowsPerFile).WriteAsync(cancellationToken);
                return new GoldResult(latest, await new OutcomeFiles(session, job, latest).WriteAsync(cancellationToken));
            },
            cancellationToken
        );
    }
}
