using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Http;

/// <summary>The pages of a query, fetched as they are asked for.</summary>
/// <param name="fetch">Gets the page behind a continuation token, of at most so many items.</param>
/// <param name="maxPerPage">The page size where <see cref="AsPages"/> is told none.</param>
/// <param name="cancellationToken">Holds unless the enumeration brings a token of its own.</param>
internal sealed class QueryPages<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> fetch, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        FetchAsync(continuationToken, pageSizeHint ?? maxPerPage);

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in FetchAsync(null, maxPerPage, cancellationToken))
        {
            foreach (var item in page.Values)
            {
                yield return item;
            }
        }
    }

    private async IAsyncEnumerable<Page<T>> FetchAsync(
        string? continuation, int? size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var token = cancellationToken.CanBeCanceled ? cancellationToken : CancellationToken;
        do
        {
            var page = await fetch(continuation, size, token);
            continuation = page.ContinuationToken;
            yield return page;
        }
        while (continuation is not null);
    }
}
