using Marketline.Analytics;
using Marketline.Analytics.Query;
using Marketline.Core.Clean;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Analytics.Query;

/// <summary>Real gold files of <c>latest_offers</c>, and queries over them.</summary>
internal sealed class QueryFixture : IDisposable
{
    private readonly Workspace _workspace;
    private readonly DatasetQuery _query;

    public QueryFixture(int maxRowsPerFile = 100, Action<AnalyticsOptions>? configure = null, TimeProvider? time = null)
    {
        _workspace = new Workspace(options => options.MaxRowsPerFile = maxRowsPerFile);
        var options = new AnalyticsOptions { TempDirectory = Path.Combine(_workspace.Folder, "temp") };
        configure?.Invoke(options);
        _query = new DatasetQuery(Options.Create(options), time ?? TimeProvider.System);
    }

    public List<string> Files { get; } = [];

    public string Folder => _workspace.Folder;

    public DatasetQuery Query => _query;

    /// <summary>Makes gold of the offers: a set of files for each call, as for each platform.</summary>
    public async Task AddAsync(params Offer[] offers)
    {
        var batch = await _workspace.WriteBatchAsync(0, offers);
        Files.AddRange(Workspace.Latest(await _workspace.AggregateAsync("run", null, batch)));
    }

    /// <summary>A query as it stands in an address.</summary>
    public static RowQuery Read(string? sort = null, string? columns = null, params string[] filters)
    {
        var text = new RowQueryText { Filters = filters, Sort = sort, Columns = columns };
        var query = text.TryRead(DatasetSchemas.LatestOffers, out var problems);
        Assert.That(problems, Is.Empty);
        return query!;
    }

    /// <summary>The keys of all rows of a query.</summary>
    public async Task<List<string>> KeysAsync(RowQuery query)
    {
        var page = await PageAsync(query with { Columns = [DatasetSchemas.LatestOffers.Find("object_key")!] }, null, 1000);
        Assert.That(page.Next, Is.Null);
        return page.Rows.Select(row => (string)row[0]!).ToList();
    }

    public Task<RowPage> PageAsync(RowQuery query, string? after, int limit) =>
        _query.ReadPageAsync("tenant", Files, query, after, limit, CancellationToken.None);

    /// <summary>The whole answer as text.</summary>
    public async Task<string> TextAsync(RowQuery query, RowFormat format)
    {
        using var rows = await _query.OpenRowsAsync("tenant", Files, query, CancellationToken.None);
        using var output = new MemoryStream();
        await rows.WriteAsync(format, output, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    public void Dispose()
    {
        _query.Dispose();
        _workspace.Dispose();
    }
}
