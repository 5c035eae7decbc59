namespace Microsoft.DurableTask;

/// <summary>One page of a longer result.</summary>
/// <param name="values">The page's items.</param>
/// <param name="continuationToken">Null on the last page.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    public IReadOnlyList<T> Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    public string? ContinuationToken { get; } = continuationToken;
}
