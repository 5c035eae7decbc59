using Azure;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class QueryTests : TableTest
{
    private static readonly DateTimeOffset Day = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task QueryAsync_FilterOfEachType_FindsTheOne()
    {
        var id = Guid.NewGuid();
        await AddAsync(3, (entity, i) =>
        {
            entity["Name"] = $"O'Brien {i} – 日本 & co";
            entity["At"] = Day.AddDays(i);
            entity["Bytes"] = 10_000_000_000L + i;
            entity["Price"] = 1.5 + i;
            entity["Id"] = i == 1 ? id : Guid.NewGuid();
            entity["IsOpen"] = i == 1;
        });
        FormattableString[] filters =
        [
            $"Name eq {"O'Brien 1 – 日本 & co"}", $"At gt {Day} and At lt {Day.AddDays(2)}", $"Bytes eq {10_000_000_001L}",
            $"Price eq {2.5}", $"Id eq {id}", $"IsOpen eq {true}", $"RowKey ge {"0001"} and RowKey lt {"0002"}",
        ];

        foreach (var filter in filters)
        {
            var found = await QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter));

            Assert.That(found.Select(entity => entity.RowKey), Is.EqualTo(new[] { "0001" }), filter.Format);
        }
    }

    [Test]
    public async Task QueryAsync_MoreThanOnePage_GivesAllInOrder()
    {
        await AddAsync(2_350);

        var found = await QueryAsync<TableEntity>();

        Assert.That(found.Select(entity => entity.RowKey), Is.EqualTo(Enumerable.Range(0, 2_350).Select(i => $"{i:D4}")));
    }

    [Test]
    public async Task AsPages_TokenOfAPage_GoesOnBehindIt()
    {
        await AddAsync(25);

        var first = await FirstPageAsync(null, 10);
        var second = await FirstPageAsync(first.ContinuationToken, 10);
        var third = await FirstPageAsync(second.ContinuationToken, 10);

        Assert.Multiple(() =>
        {
            Assert.That(first.Values, Has.Count.EqualTo(10));
            Assert.That(second.Values[0].RowKey, Is.EqualTo("0010"));
            Assert.That(third.Values, Has.Count.EqualTo(5));
            Assert.That(third.ContinuationToken, Is.Null);
        });
    }

    [Test]
    public async Task AsPages_OddKeysAtThePageEdge_LoseNothing()
    {
        string[] keys = ["a b", "c'd", "e&f=g", "ü ü", "日本 語"];
        foreach (var key in keys)
        {
            await Table.AddEntityAsync(new TableEntity(key, key));
        }

        List<string> found = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(maxPerPage: 1))
        {
            found.Add(entity.PartitionKey);
        }

        Assert.That(found, Is.EquivalentTo(keys));
    }

    [Test]
    public async Task QueryAsync_Select_GivesOnlyThose()
    {
        await AddAsync(1, (entity, _) => (entity["A"], entity["B"]) = (1, 2));

        var found = await Table.QueryAsync<TableEntity>(select: ["RowKey", "A"]).FirstAsync();

        Assert.That(found.Keys.Where(name => name != "odata.etag"), Is.EquivalentTo(new[] { "RowKey", "A" }));
    }

    [Test]
    public async Task QueryAsync_NothingFound_IsEmpty()
    {
        Assert.That(await QueryAsync<TableEntity>("PartitionKey eq 'none'"), Is.Empty);
    }

    [Test]
    public void QueryAsync_CancelledEnumeration_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(
            async () => await Table.QueryAsync<TableEntity>().FirstOrDefaultAsync(cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void QueryAsync_FilterThatIsNone_Is400()
    {
        Assert.That(
            () => QueryAsync<TableEntity>("no filter"),
            Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(400));
    }

    private async Task<Page<TableEntity>> FirstPageAsync(string? token, int size) =>
        await Table.QueryAsync<TableEntity>().AsPages(token, size).FirstAsync();

    private async Task AddAsync(int count, Action<TableEntity, int>? fill = null)
    {
        var entities = Enumerable.Range(0, count).Select(i =>
        {
            var entity = new TableEntity("p", $"{i:D4}");
            fill?.Invoke(entity, i);
            return new TableTransactionAction(TableTransactionActionType.Add, entity);
        });
        foreach (var batch in entities.Chunk(100))
        {
            await Table.SubmitTransactionAsync(batch);
        }
    }
}
