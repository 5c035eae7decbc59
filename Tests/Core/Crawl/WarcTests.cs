using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Crawl;

/// <summary>Writer and reader together: what goes in comes out, and damage is found where it is.</summary>
public sealed class WarcTests
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.Zero).AddTicks(1234567);

    [Test]
    public async Task ReadPagesAsync_WhatWasWritten_ComesBackWhole()
    {
        var archive = await WriteAsync(Pages);

        var pages = await ReadAsync(archive);

        Assert.That(pages.Select(Words), Is.EqualTo(Pages.Select(Words)));
    }

    [Test]
    public async Task WriteAsync_SamePages_SameBytes()
    {
        var first = await WriteAsync(Pages);

        var second = await WriteAsync(Pages);

        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase(304, "server-not-modified")]
    [TestCase(200, "identical-payload-digest")]
    public async Task ReadPagesAsync_PageThatIsTheSameAsBefore_ComesBackWithWhatWasKnown(int status, string profile)
    {
        var version = new PageVersion("\"v1\"", "Sat, 21 Nov 2026 03:15:00 GMT", Digest.Of("body"), Now.AddDays(-1), ["https://shop.example/2"]);
        var known = new KnownPage(version, null, [new(Digest.Of("a"), ObjectType.Offer, "https://shop.example/a?b=c", "duplicate")]);
        var page = Pages[0] with { StatusCode = status, Body = default, Known = known, ETag = "\"v1\"" };

        var archive = await WriteAsync([page]);

        var found = (await ReadAsync(archive)).Single();
        using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.Latin1);
        Assert.That((found.Url, found.StatusCode, found.FailureReason, found.ETag, found.Body.Length), Is.EqualTo((page.Url, status, (string?)null, "\"v1\"", 0)));
        Assert.That(KnownPageFormat.Write(found.Known!), Is.EqualTo(KnownPageFormat.Write(known)));
        Assert.That(await text.ReadToEndAsync(), Does.Contain("WARC-Type: revisit\r\n").And.Contain($"revisit/{profile}\r\n").And.Contain("WARC-Refers-To-Date: 2026-02-28T12:34:56.1234567Z\r\n"));
    }

    [Test]
    public async Task ReadPagesAsync_PageThatWasNotAskedFor_ComesBackWithWhatWasKnown()
    {
        var version = new PageVersion(null, null, Digest.Of("body"), Now.AddDays(-1), []) { CheckedUtc = Now };
        var known = new KnownPage(version, "not-a-product", []);
        var page = new FetchedPage { Url = Pages[0].Url, FinalUrl = Pages[0].Url, FetchedUtc = Now, AttemptCount = 0, Known = known };

        var archive = await WriteAsync([page]);

        var found = (await ReadAsync(archive)).Single();
        using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.Latin1);
        Assert.That((found.StatusCode, found.FailureReason, found.Known!.Version.CheckedUtc, found.Known.SkipReason), Is.EqualTo((0, (string?)null, Now, "not-a-product")));
        Assert.That(await text.ReadToEndAsync(), Does.Contain("WARC-Type: metadata\r\n").And.Not.Contain("WARC-Profile"));
    }

    [Test]
    public async Task ReadPagesAsync_ArchivesPutTogether_AreOneArchive()
    {
        var whole = await WriteAsync(Pages);

        var pages = await ReadAsync([.. whole, .. whole]);

        Assert.That(pages, Has.Count.EqualTo(2 * Pages.Length));
    }

    [Test]
    public async Task WriteAsync_AnyPage_IsPlainWarcToOtherReaders()
    {
        var archive = await WriteAsync(Pages);

        using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.Latin1);
        var records = (await text.ReadToEndAsync()).Split("WARC/1.1\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(records, Has.Length.EqualTo(Pages.Length + 1));
        Assert.That(records, Is.All.Matches<string>(record => ContentLength(record!) == record!.Length - 4 - EndOfHead(record)));
        Assert.That(records, Is.All.Contain("WARC-Date: 2026-03-01T12:34:56.1234567Z\r\n"));
        Assert.That(records[1], Does.Contain("WARC-Type: response\r\n").And.Contain("\r\n\r\nHTTP/1.1 200 \r\nContent-Type: text/html"));
        Assert.That(records[4], Does.Contain("WARC-Truncated: length\r\n"));
        Assert.That(records[5], Does.Contain("WARC-Type: metadata\r\n"));
    }

    [Test]
    public async Task ReadPagesAsync_CutAnywhere_GivesTheGoodRecordsAndTheOffset()
    {
        var archive = await WriteAsync(Pages);
        var borders = Borders(archive);

        foreach (var length in Enumerable.Range(1, archive.Length - 1).Where(length => !borders.Contains(length)))
        {
            var (pages, error) = await ReadDamagedAsync(archive[..length]);

            var begun = borders.Count(border => border <= length) - 1;
            Assert.That((pages.Count, error?.Offset), Is.EqualTo((Math.Max(begun - 1, 0), (long)borders[begun])));
        }
    }

    [Test]
    public async Task ReadPagesAsync_AnyBitFlipped_NeverGivesAChangedPage()
    {
        var archive = await WriteAsync(Pages);
        var good = Pages.Select(Words).ToHashSet();

        for (var i = 0; i < archive.Length; i++)
        {
            var damaged = (byte[])archive.Clone();
            damaged[i] ^= 1 << 3;

            var (pages, error) = await ReadDamagedAsync(damaged);

            Assert.That(pages.Select(Words), Is.SubsetOf(good), $"byte {i}");
            Assert.That(pages.Count == Pages.Length || error is not null, $"byte {i}");
        }
    }

    [Test]
    public async Task ReadPagesAsync_NoArchive_IsDamagedFromTheStart()
    {
        var (_, error) = await ReadDamagedAsync(Encoding.UTF8.GetBytes("<html>This is a page and not an archive of any</html>"));

        Assert.That(error?.Offset, Is.Zero);
    }

    [Test]
    public async Task ReadPagesAsync_Empty_GivesNothing()
    {
        Assert.That(await ReadAsync([]), Is.Empty);
    }

    [Test]
    public async Task WriteAsync_OnPythonsReader_EveryMemberStandsAlone()
    {
        var python = new[] { "/usr/bin/python3", "/usr/local/bin/python3" }.FirstOrDefault(File.Exists);
        if (python is null)
        {
            Assert.Ignore("There is no Python on this machine.");
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await WriteAsync(Pages));
            const string Script = "import sys,gzip;print(gzip.open(sys.argv[1]).read().count(b'WARC-Record-ID'))";

            using var process = Process.Start(new ProcessStartInfo(python!, ["-c", Script, file]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();

            Assert.That(output.Trim(), Is.EqualTo((Pages.Length + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static FetchedPage[] Pages =>
    [
        Page("a") with { Body = Encoding.UTF8.GetBytes("<p>é\r\n\r\nWARC</p>\r\n\r\n"), ContentType = "text/html; charset=\"utf-8\"" },
        Page("b") with { FinalUrl = "https://shop.example/b?moved=100%25", Body = new byte[70_000], AttemptCount = 3 },
        Page("c") with { ContentType = "  odd\u0001%41 " },
        Page("d") with { FailureReason = FetchReasons.TooLarge, FailureDetail = "10 MB\r\nand 5%0A more: é" },
        Page("e") with { StatusCode = 0, FailureReason = FetchReasons.TimedOut, FailureDetail = "No answer.", Elapsed = TimeSpan.FromTicks(7) },
        Page("f") with { StatusCode = 404, FailureReason = FetchReasons.NotFound, ContentType = "text/plain" },
    ];

    private static FetchedPage Page(string name) =>
        new()
        {
            Url = $"https://shop.example/{name}",
            FinalUrl = $"https://shop.example/{name}",
            FetchedUtc = Now,
            StatusCode = 200,
            Elapsed = TimeSpan.FromMilliseconds(123.4567),
        };

    private static string Words(FetchedPage page) => $"{page with { Body = default, BodyDigest = null }} {Convert.ToBase64String(page.Body.Span)}";

    private static async Task<byte[]> WriteAsync(FetchedPage[] pages)
    {
        using var archive = new MemoryStream();
        using var writer = new WarcWriter(archive);
        await writer.WriteInfoAsync(new WarcInfo(Now, "Marketline/1", "Marketline/1 (+https://a.example)"), CancellationToken.None);
        foreach (var page in pages)
        {
            await writer.WriteAsync(page, CancellationToken.None);
        }

        return archive.ToArray();
    }

    private static async Task<List<FetchedPage>> ReadAsync(byte[] archive)
    {
        var (pages, error) = await ReadDamagedAsync(archive);
        return error is null ? pages : throw error;
    }

    private static async Task<(List<FetchedPage> Pages, DamagedArchiveException? Error)> ReadDamagedAsync(byte[] archive)
    {
        var pages = new List<FetchedPage>();
        try
        {
            await foreach (var page in new WarcReader(new MemoryStream(archive)).ReadPagesAsync(CancellationToken.None))
            {
                pages.Add(page);
            }
        }
        catch (DamagedArchiveException error)
        {
            return (pages, error);
        }

        return (pages, null);
    }

    private static List<int> Borders(byte[] archive)
    {
        var borders = new List<int> { 0 };
        while (borders[^1] < archive.Length)
        {
            borders.Add(borders[^1] + BitConverter.ToInt32(archive, borders[^1] + 16));
        }

        return borders;
    }

    private static int EndOfHead(string record) => record.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;

    private static int ContentLength(string record)
    {
        var start = record.IndexOf("\r\nContent-Length: ", StringComparison.Ordinal) + 18;
        return int.Parse(record[start..record.IndexOf('\r', start)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
