using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Shapes;

namespace Marketline.Analytics.Gold;

/// <summary>
/// Scans over files of which some may have been written before some of the columns were added. Files are told apart beforehand:
/// DuckDB's own <c>union_by_name</c> would fill in any column that is missing, those that make a file a damaged one too, and keeps all
/// files' heads in memory.
/// </summary>
internal static class DatasetScan
{
    /// <summary>A query in brackets: the columns, <c>filename</c> and <c>file_row_number</c>.</summary>
    public static async Task<string> OfAsync(DuckDbSession session, IReadOnlyList<string> paths, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var added = columns.Where(column => column.Before is not null).Select(column => column.Name).ToList();
        var present = added.Count == 0 ? [] : await PresentAsync(session, paths, added, cancellationToken);
        var alike = paths.GroupBy(path => present.GetValueOrDefault(Path.GetFullPath(path), ""));
        return $"({string.Join(" UNION ALL ", alike.Select(group => Scan(group, group.Key.Split(' '), columns)))})";
    }

    private static string Scan(IEnumerable<string> paths, string[] present, IReadOnlyList<Column> columns)
    {
        var list = columns.Select(column =>
            column.Before is { } before && !present.Contains(column.Name) ? $"CAST({before} AS {column.Type}) AS {column.Name}" : $"f.{column.Name}"
        );
        return $"SELECT {string.Join(", ", list)}, f.filename, f.file_row_number FROM {SqlText.ReadParquet(paths)} f";
    }

    /// <summary>Of each file the added columns that it has, with blanks between; a file without any is missing.</summary>
    private static async Task<Dictionary<string, string>> PresentAsync(DuckDbSession session, IReadOnlyList<string> paths, List<string> added, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", added.Select(SqlText.Literal));
        await using var command = session.CreateCommand(
            $"SELECT file_name, string_agg(name, ' ' ORDER BY name) FROM parquet_schema({SqlText.FileList(paths)}) WHERE name IN ({names}) GROUP BY file_name"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var present = new Dictionary<string, string>(paths.Count, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            present[reader.GetString(0)] = reader.GetString(1);
        }

        return present;
    }
}
