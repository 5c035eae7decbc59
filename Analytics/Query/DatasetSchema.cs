namespace Marketline.Analytics.Query;

/// <summary>What a dataset holds.</summary>
/// <param name="Key">The columns that tell any two rows of the tenant apart; none of them is ever null.</param>
public sealed record DatasetSchema(
    string Name,
    string Description,
    IReadOnlyList<string> Key,
    IReadOnlyList<DatasetColumn> Columns
)
{
    private readonly Dictionary<string, DatasetColumn> _byName = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <returns>Null when there is no such column.</returns>
    public DatasetColumn? Find(string name) => _byName.GetValueOrDefault(name);
}
