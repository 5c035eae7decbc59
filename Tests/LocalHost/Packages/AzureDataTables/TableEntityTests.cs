using Azure;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

public sealed class TableEntityTests
{
    [Test]
    public void GetInt32_PropertyOfAnotherType_Throws()
    {
        var entity = new TableEntity("p", "r") { ["Total"] = 5L };

        Assert.That(() => entity.GetInt32("Total"), Throws.InvalidOperationException);
    }

    [Test]
    public void Getters_MissingProperty_GiveNull()
    {
        var entity = new TableEntity("p", "r");

        Assert.Multiple(() =>
        {
            Assert.That(entity.GetString("x"), Is.Null);
            Assert.That(entity.GetInt64("x"), Is.Null);
            Assert.That(entity.GetBinary("x"), Is.Null);
            Assert.That(entity.Timestamp, Is.Null);
            Assert.That(entity["x"], Is.Null);
        });
    }

    [Test]
    public void Indexer_IntIntoLongOrDouble_KeepsTheType()
    {
        var entity = new TableEntity { ["Long"] = 1L, ["Double"] = 1.5, ["Text"] = "a" };

        entity["Long"] = 2;
        entity["Double"] = 3;
        entity["Text"] = 4;

        Assert.Multiple(() =>
        {
            Assert.That(entity["Long"], Is.EqualTo(2L).And.TypeOf<long>());
            Assert.That(entity["Double"], Is.EqualTo(3.0).And.TypeOf<double>());
            Assert.That(entity["Text"], Is.EqualTo(4).And.TypeOf<int>());
        });
    }

    [Test]
    public void TimeGetters_StoredAsTheOther_Convert()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));
        var entity = new TableEntity { ["Offset"] = time, ["Utc"] = time.UtcDateTime };

        Assert.Multiple(() =>
        {
            Assert.That(entity.GetDateTime("Offset"), Is.EqualTo(time.UtcDateTime));
            Assert.That(entity.GetDateTimeOffset("Utc"), Is.EqualTo(time));
        });
    }

    [Test]
    public void Dictionary_KeysAndETag_StandInItUnderTheirNames()
    {
        var entity = new TableEntity("p", "r") { ETag = new ETag("W/\"1\""), ["A"] = 1 };

        ICollection<KeyValuePair<string, object>> properties = entity;

        Assert.Multiple(() =>
        {
            Assert.That(properties.Select(property => property.Key), Is.EqualTo(new[] { "PartitionKey", "RowKey", "odata.etag", "A" }));
            Assert.That(entity["odata.etag"], Is.EqualTo("W/\"1\""));
            Assert.That(entity.ETag, Is.EqualTo(new ETag("W/\"1\"")));
            Assert.That(properties.Remove(new KeyValuePair<string, object>("A", 1)), Is.True);
            Assert.That(entity.ContainsKey("A"), Is.False);
        });
    }

    [Test]
    public void Constructor_Values_AreCopied()
    {
        var values = new Dictionary<string, object> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["A"] = 1 };

        var entity = new TableEntity(values);
        values["A"] = 2;

        Assert.Multiple(() =>
        {
            Assert.That(entity.PartitionKey, Is.EqualTo("p"));
            Assert.That(entity.GetInt32("A"), Is.EqualTo(1));
        });
    }
}
