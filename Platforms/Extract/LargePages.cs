using Marketline.Core.Crawl;

namespace Marketline.Platforms.Extract;

/// <summary>
/// A worker reads one large page at a time: what is made of 10 MB takes a hundred more, and a site of nothing else would take all of a
/// worker's memory from its other tenants. Pages of the usual size do not wait.
/// </summary>
public sealed class LargePages : IDisposable
{
    private const int Bytes = 1_048_576;

    private readonly SemaphoreSlim _turn = new(1);

    /// <returns>To be disposed when the page was read.</returns>
    public async ValueTask<IDisposable?> EnterAsync(FetchedPage page, CancellationToken cancellationToken)
    {
        if (page.Body.Length <= Bytes)
        {
            return null;
        }

        await _turn.WaitAsync(cancellationToken);
        return new SemaphorePlace(_turn);
    }

    public void Dispose() => _turn.Dispose();
}
