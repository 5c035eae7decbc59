namespace Marketline.Analytics.DuckDb;

/// <summary>The one place where a value becomes part of an SQL text: file names, which can not be parameters.</summary>
internal static class SqlText
{
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// A <c>read_parquet</c> over exactly these files: no wildcards in their names, no columns from their folders. The scan
    /// has <c>filename</c> and <c>file_row_number</c> beside the files' columns.
    /// </summary>
    public static string ReadParquet(IEnumerable<string> paths) =>
        $"read_parquet({FileList(paths)}, filename = true, file_row_number = true, hive_partitioning = false)";

    /// <summary>The same, with NULL where a file lacks a column that another one has.</summary>
    public static string ReadUnlikeParquet(IEnumerable<string> paths) =>
        $"read_parquet({FileList(paths)}, filename = true, file_row_number = true, hive_partitioning = false, union_by_name = true)";

    /// <summary>A list of exactly these files.</summary>
    public static string FileList(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(path => Literal(WithoutWildcards(Path.GetFullPath(path)))))}]";

    /// <summary>
    /// The same rows give the same bytes: the row groups have a fixed size. They are small because a writer holds one in
    /// memory, and because ordered keys let a reader skip the others.
    /// </summary>
    public static string CopyToParquet(string source, string path) =>
        $"COPY {source} TO {Literal(Path.GetFullPath(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)";

    private static string WithoutWildcards(string path) =>
        path.AsSpan().IndexOfAny('*', '?', '[') < 0
            ? path
            : string.Concat(path.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString()));
}
