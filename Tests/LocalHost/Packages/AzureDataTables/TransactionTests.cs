using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class TransactionTests : TableTest
{
    [Test]
    public async Task SubmitTransactionAsync_HundredEntities_StoresAllAndGivesTheirETags()
    {
        var response = await Table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i => Add($"{i:D3}", "ü € 日本")));

        var stored = await QueryAsync<TableEntity>();
        Assert.Multiple(() =>
        {
            Assert.That(response.GetRawResponse().Status, Is.EqualTo(202));
            Assert.That(response.Value.Select(part => part.Status), Is.All.EqualTo(204).And.Exactly(100).Items);
            Assert.That(response.Value.Select(part => part.Headers.ETag), Is.EqualTo(stored.Select(entity => (ETag?)entity.ETag)));
            Assert.That(stored.Select(entity => entity.GetString("Value")), Is.All.EqualTo("ü € 日本"));
        });
    }

    [Test]
    public async Task SubmitTransactionAsync_EachKindOfAction_DoesItsPart()
    {
        string[] keys = ["merge", "replace", "delete", "conditional", "upsert"];
        await Table.SubmitTransactionAsync(keys.Select(key => Add(key, "old")));
        var current = (await Table.GetEntityAsync<TableEntity>("p", "conditional")).Value;
        TableTransactionAction Action(TableTransactionActionType type, string key, ETag etag = default) =>
            new(type, new TableEntity("p", key) { ["New"] = 1 }, etag);

        await Table.SubmitTransactionAsync(
        [
            Action(TableTransactionActionType.UpdateMerge, "merge", ETag.All),
            Action(TableTransactionActionType.UpdateReplace, "replace", ETag.All),
            Action(TableTransactionActionType.Delete, "delete"),
            Action(TableTransactionActionType.UpdateMerge, "conditional", current.ETag),
            Action(TableTransactionActionType.UpsertReplace, "upsert"),
            Action(TableTransactionActionType.UpsertMerge, "new"),
        ]);

        var stored = (await QueryAsync<TableEntity>())
            .Select(entity => $"{entity.RowKey} {entity.GetString("Value")} {entity.GetInt32("New")}");
        string[] expected = ["merge old 1", "replace  1", "conditional old 1", "upsert  1", "new  1"];
        Assert.That(stored, Is.EquivalentTo(expected));
    }

    [Test]
    public async Task SubmitTransactionAsync_OneActionRefused_TellsWhichAndLeavesNothing()
    {
        await Table.AddEntityAsync(new TableEntity("p", "005"));

        var failure = await FailureAsync(Enumerable.Range(0, 10).Select(i => Add($"{i:D3}", "x")));

        Assert.Multiple(() =>
        {
            Assert.That(failure.FailedTransactionActionIndex, Is.EqualTo(5));
            Assert.That(failure.Status, Is.EqualTo(409));
            Assert.That(failure.ErrorCode, Is.EqualTo(TableErrorCode.EntityAlreadyExists.ToString()));
        });
        Assert.That(await QueryAsync<TableEntity>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task SubmitTransactionAsync_StaleETag_Is412WithItsIndex()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r"));
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        var failure = await FailureAsync(
            [Add("new", "x"), new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "r"), added.Headers.ETag!.Value)]);

        Assert.That((failure.Status, failure.FailedTransactionActionIndex), Is.EqualTo((412, 1)));
        Assert.That((await Table.GetEntityIfExistsAsync<TableEntity>("p", "new")).HasValue, Is.False);
    }

    [Test]
    public async Task SubmitTransactionAsync_DeleteOfAMissingEntity_Fails()
    {
        var failure = await FailureAsync([Add("a", "x"), new(TableTransactionActionType.Delete, new TableEntity("p", "missing"))]);

        Assert.That((failure.Status, failure.FailedTransactionActionIndex), Is.EqualTo((404, 1)));
    }

    [Test]
    public async Task SubmitTransactionAsync_MoreThanHundred_IsRefused()
    {
        var failure = await FailureAsync(Enumerable.Range(0, 101).Select(i => Add($"{i:D3}", "x")));

        Assert.That((failure.Status, failure.ErrorCode), Is.EqualTo((400, "InvalidInput")));
    }

    [Test]
    public async Task SubmitTransactionAsync_TwoPartitions_IsRefusedWithTheIndex()
    {
        var failure = await FailureAsync([Add("a", "x"), Add("b", "x"), new(TableTransactionActionType.Add, new TableEntity("other", "c"))]);

        Assert.That(
            (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex),
            Is.EqualTo((400, TableErrorCode.CommandsInBatchActOnDifferentPartitions.ToString(), 2)));
    }

    [Test]
    public async Task SubmitTransactionAsync_TheSameEntityTwice_IsRefused()
    {
        var failure = await FailureAsync([Add("a", "x"), Add("a", "y")]);

        Assert.That(failure.ErrorCode, Is.EqualTo(TableErrorCode.InvalidDuplicateRow.ToString()));
    }

    [Test]
    public void SubmitTransactionAsync_MoreThanFourMegabytes_Is413()
    {
        var text = new string('x', 30_000);
        var actions = Enumerable.Range(0, 80).Select(i => new TableTransactionAction(
            TableTransactionActionType.Add, new TableEntity("p", $"{i}") { ["A"] = text, ["B"] = text }));

        Assert.That(
            () => Table.SubmitTransactionAsync(actions),
            Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(413));
    }

    [Test]
    public void SubmitTransactionAsync_Empty_Throws()
    {
        Assert.That(() => Table.SubmitTransactionAsync([]), Throws.InvalidOperationException);
    }

    [Test]
    public void SubmitTransactionAsync_TableMissing_Is404()
    {
        var gone = Service.GetTableClient("missing");

        Assert.That(
            () => gone.SubmitTransactionAsync([Add("a", "x")]),
            Throws.TypeOf<TableTransactionFailedException>().With.Property("ErrorCode").EqualTo("TableNotFound"));
    }

    private static TableTransactionAction Add(string rowKey, string value) =>
        new(TableTransactionActionType.Add, new TableEntity("p", rowKey) { ["Value"] = value });

    private async Task<TableTransactionFailedException> FailureAsync(IEnumerable<TableTransactionAction> actions) =>
        (await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(actions)))!;
}
