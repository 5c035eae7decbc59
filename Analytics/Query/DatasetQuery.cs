using Marketline.Analytics.DuckDb;

namespace Marketline.Analytics.Query;

/// <summary>Reads a dataset's current files.</summary>
public sealed class DatasetQuery
{
    private readonly DuckDbJobs _jobs;

    internal DatasetQuery(DuckDbJobs jobs) => _jobs = jobs;

    /// <summary>
    /// Writes the rows as JSON lines, so that a slow reader keeps a file open and not the worker's one database slot.
    /// </summary>
    /// <param name="files">Local Parquet files of one dataset; none gives an empty file.</param>
    /// <param name="lastRunId">Only rows that this run saw; null: all.</param>
    public async Task WriteJsonLinesAsync(
        IReadOnlyList<string> files,
        string? lastRunId,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (files.Count == 0)
        {
            await File.WriteAllTextAsync(path, "", cancellationToken);
            return;
        }

        var where = lastRunId is null ? "" : $" WHERE last_run_id = {SqlText.Literal(lastRunId)}";
        var rows = $"(SELECT * EXCLUDE (filename, file_row_number) FROM {SqlText.ReadParquet(files)}{where})";
        await _jobs.RunAsync(
            session => session.ExecuteAsync(SqlText.CopyToJsonLines(rows, path), cancellationToken),
            cancellationToken
        );
    }
}
