using System.Data.Common;
using System.Text.Json;
using Marketline.Analytics.DuckDb;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Gold;

/// <summary>Tells each batch what became of its records: a file of JSON lines per batch, streamed in the batches' order.</summary>
internal sealed class OutcomeFiles(DuckDbSession session, GoldJob job, IReadOnlyList<DatasetFile> latest)
{
    public async Task<IReadOnlyList<BatchOutcomeFile>> WriteAsync(CancellationToken cancellationToken)
    {
        await using var command = session.CreateCommand(
            $"""
            SELECT s.batch, s.object_key, s.is_taken, n.run_id <> job.run_id, s.is_older
            FROM seen s CROSS JOIN job LEFT JOIN {SqlText.ReadParquet(latest.Select(f => f.Path))} n ON n.object_key = s.object_key
            ORDER BY s.batch, s.object_key, s.position
            """
        );
        command.UseStreamingMode = true;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var hasRow = await reader.ReadAsync(cancellationToken);
        var files = new List<BatchOutcomeFile>(job.Batches.Count);
        foreach (var batch in job.Batches.Select(b => b.Batch).Order())
        {
            var counts = new int[Enum.GetValues<RecordOutcomeState>().Length];
            var path = Path.Combine(job.WorkFolder, $"outcomes-{batch:D5}.jsonl");
            await using var lines = new StreamWriter(path) { NewLine = "\n" };
            while (hasRow && reader.GetInt32(0) == batch)
            {
                var outcome = Outcome(reader);
                counts[(int)outcome.State]++;
                await lines.WriteLineAsync(JsonSerializer.Serialize(outcome, BatchOutcomeFile.LineFormat));
                hasRow = await reader.ReadAsync(cancellationToken);
            }

            files.Add(
                new BatchOutcomeFile(
                    batch,
                    path,
                    counts[(int)RecordOutcomeState.Delivered],
                    counts[(int)RecordOutcomeState.Unchanged],
                    counts[(int)RecordOutcomeState.Filtered]
                )
            );
        }

        await CheckCompleteAsync(files, cancellationToken);
        return files;
    }

    private static RecordOutcome Outcome(DbDataReader reader)
    {
        var key = reader.GetString(1);
        if (!reader.GetBoolean(2))
        {
            var reason = reader.GetBoolean(4) ? RecordOutcome.SupersededReason : RecordOutcome.DuplicateReason;
            return new RecordOutcome(key, RecordOutcomeState.Filtered, reason);
        }

        return new RecordOutcome(key, reader.GetBoolean(3) ? RecordOutcomeState.Unchanged : RecordOutcomeState.Delivered);
    }

    /// <summary>A streaming result that breaks off looks like one that ended; no record may lose its outcome over that.</summary>
    private async Task CheckCompleteAsync(List<BatchOutcomeFile> files, CancellationToken cancellationToken)
    {
        var written = files.Sum(f => (long)f.DeliveredCount + f.UnchangedCount + f.FilteredCount);
        var expected = await session.CountAsync("SELECT count(*) FROM seen", cancellationToken);
        if (written != expected)
        {
            throw new InvalidDataException($"Of {expected} outcomes only {written} were read.");
        }
    }
}
