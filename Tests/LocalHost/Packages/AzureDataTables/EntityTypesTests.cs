using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class EntityTypesTests : TableTest
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly Guid Id = new("6f1c1f0e-8f5c-4c36-9f0f-0b2a4ec0a111");

    private static IEnumerable<TestCaseData> Values =>
    [
        new TestCaseData("plain"),
        new TestCaseData("").SetArgDisplayNames("empty"),
        new TestCaseData("ü € 日本語 \U0001F600 \"quoted\" \\ {'a'} <b>&\r\n\t").SetArgDisplayNames("odd text"),
        new TestCaseData(int.MinValue),
        new TestCaseData(long.MaxValue),
        new TestCaseData(7L).SetArgDisplayNames("small long"),
        new TestCaseData(2.0).SetArgDisplayNames("whole double"),
        new TestCaseData(-1.25e300),
        new TestCaseData(double.NaN),
        new TestCaseData(double.PositiveInfinity),
        new TestCaseData(double.NegativeInfinity),
        new TestCaseData(true),
        new TestCaseData(Id),
        new TestCaseData(Time.AddTicks(1234567)).SetArgDisplayNames("time with ticks"),
        new TestCaseData(new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero)).SetArgDisplayNames("earliest time"),
        new TestCaseData(new byte[] { 0, 1, 255 }).SetArgDisplayNames("bytes"),
    ];

    [TestCaseSource(nameof(Values))]
    public async Task TableEntity_Value_ComesBackWithItsType(object value)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = value });

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value["Value"];

        Assert.That(read, Is.EqualTo(value).And.TypeOf(value.GetType()));
    }

    [Test]
    public async Task TableEntity_TimeWithOffset_ComesBackAsUtc()
    {
        var local = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(5));
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Offset"] = local, ["Utc"] = local.UtcDateTime });

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(read.GetDateTimeOffset("Offset"), Is.EqualTo(local).And.Property("Offset").EqualTo(TimeSpan.Zero));
            Assert.That(read.GetDateTime("Utc"), Is.EqualTo(local.UtcDateTime).And.Property("Kind").EqualTo(DateTimeKind.Utc));
        });
    }

    [Test]
    public async Task TableEntity_HalfASurrogatePair_IsReplacedNotRefused()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = "a\ud800b" });

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.That(read.GetString("Value"), Is.EqualTo("a\ufffdb"));
    }

    [Test]
    public void TableEntity_TypeThatATableLacks_Throws()
    {
        foreach (var value in new object[] { 1.5m, Colour.Red, new DateTime(2026, 1, 1) })
        {
            var entity = new TableEntity("p", "r") { ["Value"] = value };

            Assert.That(() => Table.AddEntityAsync(entity), Throws.TypeOf<NotSupportedException>(), value.GetType().Name);
        }
    }

    [Test]
    public async Task Class_AllTypes_ComeBack()
    {
        var stored = new Sample
        {
            PartitionKey = "p", RowKey = "r", Text = "ü", Flag = true, Number = 5, Big = long.MinValue, Huge = ulong.MaxValue / 3,
            Ratio = double.NaN, Id = Id, At = Time, Utc = Time.UtcDateTime, Bytes = [1, 2], Data = new BinaryData("x"u8.ToArray()),
            Colour = Colour.Green, MaybeColour = Colour.Red, MaybeNumber = 6, MaybeBig = 7, MaybeRatio = 2, MaybeAt = Time,
            Field = "field", Renamed = "renamed", Ignored = "ignored",
        };
        await Table.AddEntityAsync(stored);

        var read = (await Table.GetEntityAsync<Sample>("p", "r")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(
                read,
                Is.EqualTo(stored).UsingPropertiesComparer(c => c.Excluding(
                    nameof(Sample.Timestamp), nameof(Sample.ETag), nameof(Sample.Ignored), nameof(Sample.Data))));
            Assert.That(read.Data!.ToArray(), Is.EqualTo("x"u8.ToArray()));
            Assert.That(read.Field, Is.EqualTo("field"));
            Assert.That(read.Ignored, Is.Null);
            Assert.That(read.Timestamp, Is.GreaterThan(Time));
            Assert.That(read.ETag.ToString(), Does.StartWith("W/"));
        });
    }

    [Test]
    public async Task Class_Nulls_AreNotStored()
    {
        await Table.AddEntityAsync(new Sample { PartitionKey = "p", RowKey = "r", Renamed = "x", Colour = Colour.Green });

        var properties = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(properties.Keys, Has.None.StartsWith("Maybe").And.None.EqualTo("Ignored").And.None.EqualTo("Renamed"));
            Assert.That(properties.GetString("other_name"), Is.EqualTo("x"));
            Assert.That(properties.GetString("Colour"), Is.EqualTo("Green"));
            Assert.That(properties.GetString("Twice"), Is.EqualTo("xx"), "a property without a setter is stored");
        });
    }

    [Test]
    public async Task Class_ExplicitInterface_IsMapped()
    {
        await Table.AddEntityAsync<ITableEntity>(new Hidden("p", "r") { Value = 3 });

        var read = (await Table.GetEntityAsync<Hidden>("p", "r")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(((ITableEntity)read).RowKey, Is.EqualTo("r"));
            Assert.That(((ITableEntity)read).ETag, Is.Not.EqualTo(default(ETag)));
            Assert.That(read.Value, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Class_StoredTypeDoesNotFit_NamesTheProperty()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Number"] = "five" });

        Assert.That(
            () => Table.GetEntityAsync<Sample>("p", "r"),
            Throws.InvalidOperationException.With.Message.Contains("'Number'"));
    }

    private enum Colour
    {
        Red,
        Green,
    }

    private sealed class Sample : ITableEntity
    {
        public string Field = "";

        public required string PartitionKey { get; set; }

        public required string RowKey { get; set; }

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; init; }

        public bool Flag { get; set; }

        public int Number { get; set; }

        public long Big { get; set; }

        public ulong Huge { get; set; }

        public double Ratio { get; set; }

        public Guid Id { get; set; }

        public DateTimeOffset At { get; set; } = Time;

        public DateTime Utc { get; set; } = Time.UtcDateTime;

        public byte[]? Bytes { get; set; }

        public BinaryData? Data { get; set; }

        public Colour Colour { get; set; }

        public Colour? MaybeColour { get; set; }

        public int? MaybeNumber { get; set; }

        public long? MaybeBig { get; set; }

        public double? MaybeRatio { get; set; }

        public DateTimeOffset? MaybeAt { get; set; }

        [DataMember(Name = "other_name")]
        public string? Renamed { get; set; }

        [IgnoreDataMember]
        public string? Ignored { get; set; }

        public string Twice => Renamed + Renamed;
    }

    private sealed class Hidden : ITableEntity
    {
        private string partitionKey = "";
        private string rowKey = "";
        private ETag etag;

        public Hidden()
        {
        }

        public Hidden(string partitionKey, string rowKey) => (this.partitionKey, this.rowKey) = (partitionKey, rowKey);

        public int Value { get; set; }

        string ITableEntity.PartitionKey { get => partitionKey; set => partitionKey = value; }

        string ITableEntity.RowKey { get => rowKey; set => rowKey = value; }

        DateTimeOffset? ITableEntity.Timestamp { get; set; }

        ETag ITableEntity.ETag { get => etag; set => etag = value; }
    }
}
