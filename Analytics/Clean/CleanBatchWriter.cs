using DuckDB.NET.Data;
using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Shapes;
using Marketline.Core.Clean;
using Microsoft.Extensions.Options;

namespace Marketline.Analytics.Clean;

/// <summary>
/// Writes a batch's clean records as Parquet, ordered by object key; the same records give the same bytes, in whatever order
/// they come. It keeps one small DuckDB instance of its own, so that batches neither pay a start each nor wait for an
/// aggregation.
/// </summary>
public sealed class CleanBatchWriter(IOptions<AnalyticsOptions> options) : IDisposable
{
    private const int MemoryLimitMegabytes = 128;

    private readonly SemaphoreSlim _slot = new(1, 1);
    private DuckDbSession? _session;

    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">
    /// On a value outside <see cref="Core.Datasets.DatasetLimits"/>: cleaning should have rejected the record.
    /// </exception>
    public Task<int> WriteOffersAsync(IReadOnlyCollection<Offer> offers, string path, CancellationToken cancellationToken)
    {
        foreach (var offer in offers)
        {
            OfferShape.Validate(offer);
        }

        var ordered = offers.Order(Comparer<Offer>.Create(OfferShape.Compare));
        return WriteAsync(OfferShape.Value, ordered, OfferShape.Append, path, cancellationToken);
    }

    /// <inheritdoc cref="WriteOffersAsync"/>
    public Task<int> WriteReviewsAsync(IReadOnlyList<Review> reviews, string path, CancellationToken cancellationToken)
    {
        foreach (var review in reviews)
        {
            ReviewShape.Validate(review);
        }

        var ordered = reviews.Order(Comparer<Review>.Create(ReviewShape.Compare));
        return WriteAsync(ReviewShape.Value, ordered, ReviewShape.Append, path, cancellationToken);
    }

    public void Dispose()
    {
        _session?.Dispose();
        _slot.Dispose();
    }

    private async Task<int> WriteAsync<T>(
        DatasetShape shape,
        IEnumerable<T> records,
        Action<IDuckDBAppenderRow, T> append,
        string path,
        CancellationToken cancellationToken
    )
    {
        await _slot.WaitAsync(cancellationToken);
        try
        {
            _session ??= DuckDbSession.Open(options.Value, MemoryLimitMegabytes);
            await _session.ExecuteAsync(DatasetShape.Table("batch", shape.CleanColumns), cancellationToken);
            using (var appender = _session.Connection.CreateAppender("batch"))
            {
                foreach (var record in records)
                {
                    append(appender.CreateRow(), record);
                }
            }

            return (int)await _session.ExecuteAsync(SqlText.CopyToParquet("batch", path), cancellationToken);
        }
        catch
        {
            // A fatal error makes an instance unusable: the next batch gets a new one.
            _session?.Dispose();
            _session = null;
            throw;
        }
        finally
        {
            _slot.Release();
        }
    }
}
