using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Shapes;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Gold;

/// <summary>
/// Writes the latest dataset: what this run's records make of their objects, and the previous rows of objects that it did not see, or saw before they were. Object keys are
/// evenly spread hexadecimal digits, so a range of their first two digits is a part of known size.
/// </summary>
internal sealed class LatestDataset(DuckDbSession session, DatasetShape shape, GoldJob job, int maxRowsPerFile)
{
    private const int MaxParts = 256;

    public async Task<IReadOnlyList<DatasetFile>> WriteAsync(CancellationToken cancellationToken)
    {
        var rowCount = await session.CountAsync(
            """
            SELECT (SELECT count(*) FROM seen WHERE is_taken)
                 + (SELECT count(*) FROM previous p ANTI JOIN seen s ON s.object_key = p.object_key AND s.is_taken)
            """,
            cancellationToken
        );
        var hasPartial = await session.CountAsync("SELECT count(*) FROM seen WHERE takes_product <> takes_price", cancellationToken) > 0;
        var partCount = 1;
        while (rowCount > (long)maxRowsPerFile * partCount && partCount < MaxParts)
        {
            partCount *= 2;
        }

        var files = new List<DatasetFile>(partCount);
        for (var part = 0; part < partCount; part++)
        {
            files.Add(await WritePartAsync(part, partCount, hasPartial, cancellationToken));
        }

        return files;
    }

    private async Task<DatasetFile> WritePartAsync(int part, int partCount, bool hasPartial, CancellationToken cancellationToken)
    {
        var suffix = partCount == 1 ? "" : $"-{part * MaxParts / partCount:x2}";
        var path = Path.Combine(job.WorkFolder, $"{shape.LatestName}{suffix}.parquet");
        return await session.WriteDatasetAsync(shape.LatestName, Rows(part, partCount, hasPartial), path, cancellationToken);
    }

    private string Rows(int part, int partCount, bool hasPartial) =>
        $"""
        (SELECT {DatasetShape.List("n", shape.RecordColumns)}, {shape.TrackedExpressions}
         FROM ({Records(part, partCount, hasPartial)}) n
         CROSS JOIN job
         LEFT JOIN (SELECT * FROM previous o WHERE {InPart("o", part, partCount)}) p ON p.object_key = n.object_key
         UNION ALL
         SELECT {DatasetShape.List("o", shape.LatestColumns)}
         FROM previous o ANTI JOIN seen s ON s.object_key = o.object_key AND s.is_taken
         WHERE {InPart("o", part, partCount)}
         ORDER BY object_key)
        """;

    private string Records(int part, int partCount, bool hasPartial)
    {
        var merged = hasPartial ? $" UNION ALL {PartialRecords.Merged(shape, alias => InPart(alias, part, partCount))}" : "";
        return $"""
            SELECT {DatasetShape.List("i", shape.RecordColumns)}, i.seen_utc AS product_seen_utc, i.seen_utc AS price_seen_utc
            FROM incoming i JOIN seen s ON s.batch = i.batch AND s.position = i.position
            WHERE s.takes_product AND s.takes_price AND {InPart("i", part, partCount)} AND {InPart("s", part, partCount)}{merged}
            """;
    }

    /// <summary>The first part has no lower end and the last no upper one, so that every key falls into one.</summary>
    private static string InPart(string alias, int part, int partCount)
    {
        var from = part == 0 ? "true" : $"{alias}.object_key >= '{part * MaxParts / partCount:x2}'";
        var to = part == partCount - 1 ? "true" : $"{alias}.object_key < '{(part + 1) * MaxParts / partCount:x2}'";
        return $"{from} AND {to}";
    }
}
