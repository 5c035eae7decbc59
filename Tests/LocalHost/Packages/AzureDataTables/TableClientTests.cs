using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using NUnit.Framework.Constraints;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class TableClientTests : TableTest
{
    [Test]
    public async Task AddEntityAsync_New_GivesTheETagThatIsRead()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        var read = await Table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Multiple(() =>
        {
            Assert.That(added.Status, Is.EqualTo(204));
            Assert.That(added.Headers.ETag, Is.EqualTo(read.Value.ETag));
            Assert.That(read.Value.Timestamp, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
        });
    }

    [Test]
    public async Task AddEntityAsync_Existing_Is409()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.That(() => Table.AddEntityAsync(new TableEntity("p", "r")), Failure(409, TableErrorCode.EntityAlreadyExists));
    }

    [Test]
    public async Task GetEntityIfExistsAsync_MissingThenThere_SaysSo()
    {
        var missing = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        await Table.AddEntityAsync(new TableEntity("p", "r"));
        var there = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.Multiple(() =>
        {
            Assert.That(missing.HasValue, Is.False);
            Assert.That(missing.GetRawResponse().Status, Is.EqualTo(404));
            Assert.That(() => missing.Value, Throws.InvalidOperationException);
            Assert.That(there.HasValue, Is.True);
            Assert.That(there.Value!.RowKey, Is.EqualTo("r"));
        });
    }

    [Test]
    public void GetEntityAsync_Missing_Is404()
    {
        Assert.That(() => Table.GetEntityAsync<TableEntity>("p", "r"), Failure(404, TableErrorCode.ResourceNotFound));
    }

    [Test]
    public async Task GetEntityAsync_Select_GivesOnlyThose()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "B"])).Value;

        Assert.That(read.Keys.Where(name => name != "odata.etag"), Is.EquivalentTo(new[] { "RowKey", "B" }));
    }

    [TestCase(TableUpdateMode.Merge, 1)]
    [TestCase(TableUpdateMode.Replace, null)]
    public async Task UpsertEntityAsync_Existing_MergesOrReplaces(TableUpdateMode mode, int? kept)
    {
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 }, mode);
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2 }, mode);

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.That((read.GetInt32("A"), read.GetInt32("B")), Is.EqualTo((kept, 2)));
    }

    [TestCase(TableUpdateMode.Merge, 1)]
    [TestCase(TableUpdateMode.Replace, null)]
    public async Task UpdateEntityAsync_CurrentETag_MergesOrReplaces(TableUpdateMode mode, int? kept)
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = 2 }, added.Headers.ETag!.Value, mode);

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.That((read.GetInt32("A"), read.GetInt32("B")), Is.EqualTo((kept, 2)));
    }

    [Test]
    public async Task UpdateEntityAsync_TwoWriters_TheSecondIs412()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Owner"] = "" });
        var first = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;
        var second = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;

        first["Owner"] = "first";
        await Table.UpdateEntityAsync(first, first.ETag);
        second["Owner"] = "second";

        Assert.That(() => Table.UpdateEntityAsync(second, second.ETag), Failure(412, TableErrorCode.UpdateConditionNotSatisfied));
        Assert.That((await Table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("Owner"), Is.EqualTo("first"));
    }

    [Test]
    public void UpdateEntityAsync_Missing_Is404()
    {
        Assert.That(() => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All), Failure(404, TableErrorCode.ResourceNotFound));
    }

    [Test]
    public void UpdateEntityAsync_NoETag_IsAnArgumentError()
    {
        Assert.That(() => Table.UpdateEntityAsync(new TableEntity("p", "r"), default), Throws.ArgumentException);
    }

    [Test]
    public async Task DeleteEntityAsync_StaleETag_Is412AndKeepsIt()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r"));
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        Assert.That(
            () => Table.DeleteEntityAsync("p", "r", added.Headers.ETag!.Value),
            Failure(412, TableErrorCode.UpdateConditionNotSatisfied));
        Assert.That((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue, Is.True);
    }

    [Test]
    public async Task DeleteEntityAsync_Missing_IsNoFailure()
    {
        var response = await Table.DeleteEntityAsync(new TableEntity("p", "r"));

        Assert.That(response.Status, Is.EqualTo(404));
    }

    [Test]
    public void Properties_PathStyleAddress_NameAccountAndTable()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Table.AccountName, Is.EqualTo("devstoreaccount1"));
            Assert.That(Table.Uri.AbsolutePath, Is.EqualTo($"/devstoreaccount1/{Table.Name}"));
        });
    }

    private static EqualStringConstraint Failure(int status, TableErrorCode code) =>
        Throws.TypeOf<RequestFailedException>()
            .With.Property(nameof(RequestFailedException.Status)).EqualTo(status)
            .And.Property(nameof(RequestFailedException.ErrorCode)).EqualTo(code.ToString());
}
