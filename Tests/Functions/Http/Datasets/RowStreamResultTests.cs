using Marketline.Analytics.Query;
using Marketline.Functions.Http.Datasets;
using Marketline.Tests.Analytics;
using Marketline.Tests.Analytics.Query;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Http.Datasets;

public sealed class RowStreamResultTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task ExecuteAsync_RowsBreakOff_CutsTheConnection(bool isCompressed)
    {
        var time = new ManualTimeProvider();
        using var gold = new QueryFixture(time: time);
        await gold.AddAsync(Records.Offer("a1", 1, 10m));
        using var rows = await gold.Query.OpenRowsAsync("tenant", gold.Files, QueryFixture.Read(), CancellationToken.None);
        var http = Answers.NewContext();
        var lifetime = new Lifetime();
        http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        time.Advance(TimeSpan.FromHours(1));

        await new RowStreamResult(rows, RowFormat.Csv, "text/csv", "a.csv", isCompressed, NullLogger.Instance).ExecuteAsync(http);

        Assert.That(lifetime.IsAborted, Is.True);
        Assert.That(((MemoryStream)http.Response.Body).Length, Is.Zero, "not even the end of a compressed file");
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
