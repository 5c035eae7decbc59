using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Query;
using Marketline.Core.Datasets;

namespace Marketline.Tests.Analytics.Gold;

/// <summary>Each dataset's page and schema list exactly the columns that its files have.</summary>
public sealed partial class DatasetPagesTests
{
    private static IReadOnlyList<DatasetSchema> Schemas => DatasetSchemas.All;

    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [TestCase(DatasetNames.LatestOffers)]
    [TestCase(DatasetNames.LatestReviews)]
    [TestCase(DatasetNames.PriceChanges)]
    [TestCase(DatasetNames.PriceIndex)]
    public async Task Page_Columns_AreThoseOfTheFile(string dataset)
    {
        var offers = await _workspace.AggregateAsync("run", null);
        var reviews = await _workspace.Aggregator.AggregateReviewsAsync(_workspace.Job("run", null), CancellationToken.None);
        var file = offers.Files.Concat(reviews.Files).Single(f => f.Dataset == dataset);

        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "datasets", $"{dataset}.md"));

        var documented = ColumnLine().Matches(page).Select(m => $"{m.Groups["name"].Value} {m.Groups["type"].Value}");
        Assert.That(documented, Is.EqualTo(Columns(file.Path)));
    }

    [TestCaseSource(nameof(Schemas))]
    public async Task Page_Rows_AreThoseOfTheSchema(DatasetSchema schema)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "datasets", $"{schema.Name}.md"));

        var rows = schema.Columns.Select(column => $"| `{column.Name}` | {column.Type} | {(column.IsNullable ? "yes" : "no")} | {column.Meaning} |");

        Assert.That(Link().Replace(page, "${text}").Split('\n').Where(line => ColumnLine().IsMatch(line)), Is.EqualTo(rows));
        Assert.That(schema.Key.Select(name => schema.Find(name)?.IsNullable), Is.All.False);
    }

    [Test]
    public void Schemas_Names_AreTheDatasets() => Assert.That(DatasetSchemas.All.Select(schema => schema.Name), Is.EqualTo(DatasetNames.All));

    private static List<string> Columns(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = new DuckDBCommand(
            $"SELECT column_name, column_type FROM (DESCRIBE SELECT * EXCLUDE (filename, file_row_number) FROM {SqlText.ReadParquet([path])})",
            connection
        );
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add($"{reader.GetString(0)} {reader.GetString(1).Replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")}");
        }

        return columns;
    }

    [GeneratedRegex(@"\[(?<text>\w+)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>[A-Z0-9(),]+) \|", RegexOptions.Multiline)]
    private static partial Regex ColumnLine();
}
