using System.IO.Compression;
using System.Text;
using Marketline.Platforms.GoogleMerchant;

namespace Marketline.Tests.Platforms.GoogleMerchant;

internal sealed class FeedReaderTests
{
    private const string Header = "id\ttitle\tlink\tprice\tavailability\n";

    [Test]
    public void Read_Table_GivesEachRowWithItsNumber()
    {
        var rows = Read(Header + "1\tMug\t/mug\t5 EUR\tin_stock\n2\tCup\t/cup\t6 EUR\tin_stock");

        Assert.That(rows.Select(row => (row.Number, row.Attributes["id"], row.Attributes["title"], row.Problem)), Is.EqualTo(new[] { (2, "1", "Mug", (string?)null), (3, "2", "Cup", null) }));
    }

    [TestCase(',')]
    [TestCase(';')]
    [TestCase('|')]
    public void Read_OtherSeparators_AreSeenInTheHeader(char separator)
    {
        var rows = Read((Header + "1\tMug\t/mug\t5 EUR\tin_stock\n").Replace('\t', separator));

        Assert.That(rows.Single().Attributes["price"], Is.EqualTo("5 EUR"));
    }

    [TestCase("\"Mug, \"\"red\"\"\"", "Mug, \"red\"")]
    [TestCase("\"two\nlines\"", "two\nlines")]
    [TestCase("27\" screen", "27\" screen")]
    [TestCase("\"Best\" mug", "\"Best\" mug")]
    [TestCase("\"", "\"")]
    [TestCase("  Mug  ", "Mug")]
    public void Read_QuotationMarks_QuoteWholeValuesOnly(string written, string expected)
    {
        var rows = Read($"{Header}1\t{written}\t/mug\t5 EUR\tin_stock\n2\tCup\t/cup\t6 EUR\tin_stock\n");

        Assert.That(rows.Select(row => row.Attributes["title"]), Is.EqualTo(new[] { expected, "Cup" }));
    }

    [Test]
    public void Read_DamagedRows_CostThemselvesOnly()
    {
        var rows = Read(Header + "1\tMug\n2\tCup\t/cup\t6 EUR\tin_stock\tmore\n3\t\"open\t/x\t7 EUR\tin_stock\n\n4\tPot\t/pot\t8 EUR\tin_stock\t\t\n");

        Assert.That(rows.Select(row => (row.Number, row.Problem)), Is.EqualTo(new[] { (2, FeedProblems.Columns), (3, FeedProblems.Columns), (4, (string?)null), (6, null) }));
        Assert.That(rows[1].Raw, Is.EqualTo("2\tCup\t/cup\t6 EUR\tin_stock\tmore"));
    }

    [Test]
    public void Read_Items_AreReadEachForItself()
    {
        var rows = Read(Rss("<g:id>1</g:id>", "<g:id>2</g:id><g:title>A & B</g:title>", "<g:id>3</g:id><!-- > </item> is said here --><g:title>Mug</g:title>"));

        Assert.That(rows.Select(row => (row.Number, row.Problem)), Has.Some.EqualTo((2, FeedProblems.Xml)).And.Some.EqualTo((1, (string?)null)));
        Assert.That(rows[0].Attributes["id"], Is.EqualTo("1"));
    }

    [Test]
    public void Read_ItemWithoutItsEnd_CostsItselfOnly()
    {
        var rows = Read("<rss><channel><item><g:id>1</g:id><item><g:id>2</g:id></item></channel></rss>");

        Assert.That(rows.Select(row => (row.Number, row.Problem)), Is.EqualTo(new[] { (1, FeedProblems.Xml), (2, (string?)null) }));
    }

    [Test]
    public void Read_GooglesElements_WinOverTheFeedsOwn()
    {
        var rows = Read(Rss("<id>tag:x</id><title>Plain</title><g:title>Google's</g:title><g:id>1</g:id><link>https://shop.example/a</link><media:title>No</media:title><g:shipping><g:price>4 EUR</g:price></g:shipping>"));

        Assert.That(rows.Single().Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "id=1", "link=https://shop.example/a", "shipping.price=4 EUR", "title=Google's" }));
    }

    [TestCase("windows-1252", "text/plain; charset=windows-1252")]
    [TestCase("utf-16", "text/plain")]
    [TestCase("utf-8", "text/plain")]
    [TestCase("iso-8859-2", "text/plain; charset=iso-8859-2")]
    public void Read_Encodings_AreRecognised(string encoding, string contentType)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var codec = Encoding.GetEncoding(encoding);
        var body = (byte[])[.. codec.GetPreamble(), .. codec.GetBytes(Header + "1\tTürgriff\t/x\t5 EUR\tin_stock\n")];

        var rows = FeedReader.Read(body, contentType, long.MaxValue).ToList();

        Assert.That(rows.Single().Attributes["title"], Is.EqualTo("Türgriff"));
    }

    [Test]
    public void Read_Gzip_IsUnpackedUpToTheLimit()
    {
        var body = Gzip(Header + string.Concat(Enumerable.Range(1, 20_000).Select(id => $"{id}\tMug\t/mug\t5 EUR\tin_stock\n")));

        var all = FeedReader.Read(body, "application/gzip", 10_000_000).ToList();
        var some = FeedReader.Read(body, "application/gzip", 200_000).ToList();

        Assert.That((all.Count, all[^1].Problem), Is.EqualTo((20_000, (string?)null)));
        Assert.That(some, Has.Count.InRange(5_000, 19_000));
        Assert.That(some[^1].Problem, Is.EqualTo(FeedProblems.TooLong));
    }

    [Test]
    public void Read_GzipDamaged_GivesWhatStoodBeforeAndTheReason()
    {
        var body = Gzip(Header + string.Concat(Enumerable.Range(1, 50_000).Select(id => $"{id}\tMug {id * 7919L % 65_537}\t/mug/{id}\t5 EUR\tin_stock\n")));
        body.AsSpan(body.Length / 2, 200).Fill(0xff);

        var rows = FeedReader.Read(body, "application/gzip", long.MaxValue).ToList();

        Assert.That(rows.Count(row => row.Problem is null), Is.GreaterThan(1_000));
        Assert.That(rows[^1].Problem, Is.EqualTo(FeedProblems.Compression));
    }

    [TestCase("<html><body>Not found</body></html>")]
    [TestCase("name,price\nMug,5\n")]
    [TestCase("{\"id\":1}")]
    [TestCase("")]
    [TestCase("   \n ")]
    public void Read_NoFeed_IsToldByOneRow(string body) => Assert.That(Read(body).Select(row => row.Problem), Is.EqualTo(new[] { FeedProblems.NotAFeed }));

    [Test]
    public void Read_RowOfMoreThanAMillionCharacters_IsGivenUpAndTheNextIsRead()
    {
        var rows = Read(Rss($"<g:id>1</g:id><g:title>{new string('x', FeedWindow.MaxLength)}</g:title>", "<g:id>2</g:id>"));

        Assert.That(rows.Select(row => row.Problem), Is.EqualTo(new[] { FeedProblems.RowTooLong, null }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Read_LongFeed_KeepsMemoryFlat(bool isXml)
    {
        using var feed = new EndlessFeed(isXml, megabytes: FeedMegabytes);
        var (count, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var row in FeedReader.Read(feed, isGzip: false, "", long.MaxValue))
        {
            if (++count % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        TestContext.Out.WriteLine($"{FeedMegabytes} MB, {count} rows, {most / 1024} KiB held at most");
        Assert.That(count, Is.GreaterThan(feed.RowCount - 2));
        Assert.That(most, Is.LessThan(8 * 1_048_576));
    }

    /// <summary>Of a feed that nobody stores; <c>MARKETLINE_FEED_MEGABYTES=500</c> makes it as long as the largest that were seen.</summary>
    private static int FeedMegabytes => int.TryParse(Environment.GetEnvironmentVariable("MARKETLINE_FEED_MEGABYTES"), out var megabytes) ? megabytes : 20;

    private static List<FeedRow> Read(string body) => [.. FeedReader.Read(Encoding.UTF8.GetBytes(body), "", long.MaxValue)];

    private static string Rss(params string[] items) =>
        $"<?xml version=\"1.0\"?><rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>Shop</title>{string.Concat(items.Select(item => $"<item>{item}</item>"))}</channel></rss>";

    private static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }
}
