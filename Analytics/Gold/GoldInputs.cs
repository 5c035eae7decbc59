using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Shapes;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Gold;

/// <summary>
/// Opens a job's files: the views <c>incoming</c> (all records of the run, with their batch and place) and <c>previous</c>
/// (the dataset as it is), the tables <c>job</c> and <c>seen</c> (one narrow row per record: which batch, and whether it is
/// the one that counts for what its object is, and for how it is sold: the newest that answers for it). A record older than what the
/// dataset holds does not count: an old run may be aggregated again, and a long run may end after a short one. Wide rows are never held: they are read from the files again where they are written.
/// </summary>
internal sealed class GoldInputs(DuckDbSession session, DatasetShape shape, GoldJob job)
{
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            "CREATE TABLE job AS SELECT $run_id::VARCHAR AS run_id, $dt::DATE AS dt",
            cancellationToken,
            new DuckDBParameter("run_id", job.RunId),
            new DuckDBParameter("dt", job.Dt)
        );
        await OpenBatchesAsync(cancellationToken);
        await OpenPreviousAsync(cancellationToken);
        await session.ExecuteAsync(
            $"""
            CREATE TABLE seen AS
            SELECT *, takes_product OR takes_price AS is_taken
            FROM (SELECT object_key, batch, position, NOT is_for_product AND NOT is_for_price AS is_older,
                         is_for_product AND place = first_value(CASE WHEN is_for_product THEN place END IGNORE NULLS) OVER newest AS takes_product,
                         is_for_price AND place = first_value(CASE WHEN is_for_price THEN place END IGNORE NULLS) OVER newest AS takes_price
                  FROM (SELECT i.object_key, i.batch, i.position, i.seen_utc, i.url, (i.batch::BIGINT << 32) + i.position AS place,
                               {shape.IsForProduct} AS is_for_product, {shape.IsForPrice} AS is_for_price
                        FROM incoming i LEFT JOIN previous p ON p.object_key = i.object_key)
                  WINDOW newest AS (PARTITION BY object_key ORDER BY seen_utc DESC, batch, url, position
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
            """,
            cancellationToken
        );
    }

    /// <summary>Runs <paramref name="work"/>; when it fails over an input file, says which one.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (DuckDBException e) when (e.ErrorType != DuckDBErrorType.OutOfMemory)
        {
            await ThrowDamagedAsync(job.Batches.Select(b => b.Path), shape.CleanColumns, e, cancellationToken);
            var latest = job.PreviousFiles.Concat(job.OtherPlatformFiles);
            await ThrowDamagedAsync(latest, shape.LatestColumns, e, cancellationToken);
            throw;
        }
    }

    private async Task OpenBatchesAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("CREATE TABLE batches (batch INTEGER PRIMARY KEY, path VARCHAR UNIQUE)", cancellationToken);
        using (var appender = session.Connection.CreateAppender("batches"))
        {
            foreach (var batch in job.Batches)
            {
                appender.CreateRow().AppendValue(batch.Batch).AppendValue(Path.GetFullPath(batch.Path)).EndRow();
            }
        }

        var files = "no_batches";
        if (job.Batches.Count > 0)
        {
            files = await DatasetScan.OfAsync(session, [.. job.Batches.Select(b => b.Path)], shape.CleanColumns, cancellationToken);
        }
        else
        {
            await session.ExecuteAsync(DatasetShape.Table("no_batches", shape.CleanColumns), cancellationToken);
            await session.ExecuteAsync("ALTER TABLE no_batches ADD COLUMN filename VARCHAR", cancellationToken);
            await session.ExecuteAsync("ALTER TABLE no_batches ADD COLUMN file_row_number BIGINT", cancellationToken);
        }

        await session.ExecuteAsync(
            $"""
            CREATE VIEW incoming AS
            SELECT {DatasetShape.List("f", shape.CleanColumns)}, b.batch, f.file_row_number AS position
            FROM {files} f JOIN batches b ON b.path = f.filename
            """,
            cancellationToken
        );
    }

    private async Task OpenPreviousAsync(CancellationToken cancellationToken)
    {
        if (job.PreviousFiles.Count == 0)
        {
            await session.ExecuteAsync(DatasetShape.Table("previous", shape.LatestColumns), cancellationToken);
            return;
        }

        var files = await DatasetScan.OfAsync(session, job.PreviousFiles, shape.LatestColumns, cancellationToken);
        await session.ExecuteAsync($"CREATE VIEW previous AS SELECT {DatasetShape.List("f", shape.LatestColumns)} FROM {files} f", cancellationToken);
        var own = await session.CountAsync(
            "SELECT count(*) FROM previous JOIN job ON previous.last_run_id = job.run_id",
            cancellationToken
        );
        if (own > 0)
        {
            // Aggregated on top of itself a run would find everything unchanged, and lose its price changes.
            throw new InvalidOperationException($"The previous files of {shape.LatestName} were written by run {job.RunId}.");
        }
    }

    private async Task ThrowDamagedAsync(
        IEnumerable<string> paths,
        IReadOnlyList<Column> columns,
        DuckDBException cause,
        CancellationToken cancellationToken
    )
    {
        foreach (var path in paths)
        {
            try
            {
                var rows = await DatasetScan.OfAsync(session, [path], columns, cancellationToken);
                await using var command = session.CreateCommand($"SELECT * FROM {rows}");
                command.UseStreamingMode = true;
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken)) { }
            }
            catch (DuckDBException)
            {
                throw new DamagedBatchException(path, cause);
            }
        }
    }
}
