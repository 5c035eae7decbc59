using Azure;
using Azure.Data.Tables;
using NUnit.Framework.Constraints;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class EntityKeysTests : TableTest
{
    private static readonly string[] Allowed =
    [
        "", " ", "'", "it's ''quoted''", "a b", "日本語", "\U0001F600", "ß+&=;,:@$!*()[]{}\"<>|^`", "%", "%25", "a%2Fb", "..", "~-_.",
        "https:,,shop.example,p=1",
    ];

    private static readonly string[] Forbidden = ["a/b", "a\\b", "a#b", "a?b", "a\tb", "a\nb", "a\u007fb", "a\u0085b"];

    [TestCaseSource(nameof(Allowed))]
    public async Task Keys_OddButAllowed_WorkInEveryOperation(string key)
    {
        await Table.AddEntityAsync(new TableEntity(key, key) { ["Step"] = "added" });
        var added = await Table.GetEntityAsync<TableEntity>(key, key);
        await Table.UpdateEntityAsync(new TableEntity(key, key) { ["Step"] = "updated" }, added.Value.ETag);
        await Table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key) { ["Batch"] = true })]);
        var found = await QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}"));
        var deleted = await Table.DeleteEntityAsync(key, key);

        Assert.Multiple(() =>
        {
            Assert.That(added.Value.GetString("Step"), Is.EqualTo("added"));
            Assert.That(found, Has.Count.EqualTo(1));
            Assert.That((found[0].PartitionKey, found[0].RowKey), Is.EqualTo((key, key)));
            Assert.That(found[0].GetString("Step"), Is.EqualTo("updated"));
            Assert.That(found[0].GetBoolean("Batch"), Is.True);
            Assert.That(deleted.Status, Is.EqualTo(204));
        });
    }

    [TestCaseSource(nameof(Forbidden))]
    public void Keys_CharacterThatTheServiceForbids_Are400(string key)
    {
        var entity = new TableEntity("p", key);
        TableTransactionAction[] actions =
            [new(TableTransactionActionType.Add, new TableEntity("p", "r")), new(TableTransactionActionType.Add, entity)];

        Assert.Multiple(() =>
        {
            Assert.That(() => Table.AddEntityAsync(entity), Refused());
            Assert.That(() => Table.UpsertEntityAsync(entity), Refused());
            Assert.That(() => Table.GetEntityIfExistsAsync<TableEntity>("p", key), Refused());
            Assert.That(
                () => Table.SubmitTransactionAsync(actions),
                Throws.TypeOf<TableTransactionFailedException>().With.Property("FailedTransactionActionIndex").EqualTo(1));
        });
    }

    [Test]
    public void Keys_Null_AreAnArgumentError()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Table.AddEntityAsync(new TableEntity(null!, "r")), Throws.ArgumentNullException);
            Assert.That(() => Table.GetEntityAsync<TableEntity>("p", null!), Throws.ArgumentNullException);
        });
    }

    private static EqualStringConstraint Refused() =>
        Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(400).And.Property("ErrorCode").EqualTo("InvalidInput");
}
