using Marketline.Analytics.DuckDb;
using Microsoft.Extensions.Options;

namespace Marketline.Analytics.Query;

/// <summary>
/// Reads a dataset's current files. Pages and downloads have places of their own beside the aggregation's, and owners take turns:
/// nobody's page waits for an aggregation, for a download, or for more than one query of each other owner.
/// </summary>
public sealed class DatasetQuery : IDisposable
{
    private const int PageSlots = 2;
    private const int DownloadSlots = 3;
    private const int MaxDownloadsPerOwner = 2;

    /// <summary>A file is made before its first byte is sent, and Azure's front end gives up after 230 seconds without one.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(200);

    private readonly AnalyticsOptions _options;
    private readonly TimeProvider _time;
    private readonly DuckDbLane _pages;
    private readonly DuckDbLane _downloads;

    public DatasetQuery(IOptions<AnalyticsOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _pages = new DuckDbLane(_options, PageSlots, PageSlots);
        _downloads = new DuckDbLane(_options, DownloadSlots, MaxDownloadsPerOwner);
    }

    /// <summary>The next rows of the query's total order.</summary>
    /// <param name="owner">Whose query it is.</param>
    /// <param name="files">Local Parquet files of the dataset; none gives no rows.</param>
    /// <param name="after"><see cref="RowPage.Next"/> of the page before, from these files or any later version of them.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is no position of the query.</exception>
    /// <exception cref="QueryLimitException">It takes more time or memory than it may.</exception>
    /// <exception cref="QueryBusyException">The worker has no place for it.</exception>
    public async Task<RowPage> ReadPageAsync(
        string owner,
        IReadOnlyList<string> files,
        RowQuery query,
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var position = after is null ? null : RowPosition.Read(query, after);
        using var run = await QueryRun.StartAsync(_pages, owner, _options.QueryTimeout, _time, cancellationToken);
        run.Open(RowSql.Page(files, query, position, limit + 1));
        var rows = new List<object?[]>();
        while (run.Read())
        {
            var row = new object?[run.ColumnCount];
            run.Copy(row);
            rows.Add(row);
        }

        run.Complete();
        var width = query.Columns.Count;
        var next = rows.Count > limit ? RowPosition.Write(rows[limit - 1].Skip(width)) : null;
        return new RowPage([.. rows.Take(limit).Select(row => row[..width])], next);
    }

    /// <summary>Opens all rows of the query; by then the first one is there, so that what fails fails before anything is sent.</summary>
    /// <inheritdoc cref="ReadPageAsync"/>
    public async Task<RowStream> OpenRowsAsync(
        string owner,
        IReadOnlyList<string> files,
        RowQuery query,
        CancellationToken cancellationToken
    )
    {
        var run = await QueryRun.StartAsync(_downloads, owner, _options.QueryTimeout, _time, cancellationToken);
        try
        {
            var rows = new RowStream(query, run, RowSql.Rows(files, query));
            run.Extend(_options.DownloadTimeout);
            return rows;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Writes all rows of the query into one Parquet file.</summary>
    /// <inheritdoc cref="ReadPageAsync"/>
    public async Task WriteParquetAsync(
        string owner,
        IReadOnlyList<string> files,
        RowQuery query,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var run = await QueryRun.StartAsync(_downloads, owner, _options.QueryTimeout, _time, cancellationToken);
        run.Extend(_options.DownloadTimeout < MaxSilence ? _options.DownloadTimeout : MaxSilence);
        var sql = RowSql.Rows(files, query);
        run.Execute(SqlText.CopyToParquet($"({sql.Text})", path), sql.Parameters);
        run.Complete();
    }

    public void Dispose()
    {
        _pages.Dispose();
        _downloads.Dispose();
    }
}
