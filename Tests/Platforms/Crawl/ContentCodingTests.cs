using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>Compressed bodies: all codings are read, and fail, in the same way.</summary>
public sealed class ContentCodingTests
{
    private static readonly string[] All = ["gzip", "x-gzip", "br", "deflate", "zstd"];

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public async Task TearDown() => await _site.DisposeAsync();

    [TestCaseSource(nameof(All))]
    [TestCase("deflate-raw")]
    public async Task FetchAsync_CompressedBody_IsDecoded(string coding)
    {
        var text = Prices(20_000);
        Serve(coding.Split('-') is ["deflate", _] ? "deflate" : coding, Codings.Compress(coding, text));

        var page = await FetchAsync();

        Assert.That(page.FailureDetail, Is.Null);
        Assert.That(page.Body.Span.SequenceEqual(text));
    }

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("zstd")]
    public async Task FetchAsync_ConcatenatedBodies_AreDecodedTogether(string coding)
    {
        var (first, second) = (Prices(20_000), Encoding.ASCII.GetBytes("and the rest"));
        Serve(coding, [.. Codings.Compress(coding, first), .. Codings.Compress(coding, second)]);

        var page = await FetchAsync();

        Assert.That(page.FailureDetail, Is.Null);
        Assert.That(page.Body.Span.SequenceEqual([.. first, .. second]));
    }

    [TestCase("gzip, br")]
    [TestCase("br, gzip")]
    [TestCase("zstd, gzip")]
    [TestCase("gzip, identity, zstd")]
    [TestCase("GZIP, Br, deflate")]
    public async Task FetchAsync_SeveralCodings_AreUndoneFromTheLastToTheFirst(string codings)
    {
        var text = Prices(20_000);
        var coded = codings.ToLowerInvariant().Split(", ").Where(coding => coding != "identity").Aggregate(text, (body, coding) => Codings.Compress(coding, body));
        Serve(codings, coded);

        var page = await FetchAsync();

        Assert.That(page.FailureDetail, Is.Null);
        Assert.That(page.Body.Span.SequenceEqual(text));
    }

    [Test]
    public async Task FetchAsync_FourCodings_IsProtocolError()
    {
        var coded = Enumerable.Range(0, 4).Aggregate(Prices(1_000), (body, _) => Codings.Compress("gzip", body));
        Serve("gzip, gzip, gzip, gzip", coded);

        var page = await FetchAsync();

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.ProtocolError, 1)), page.FailureDetail);
    }

    [TestCaseSource(nameof(All))]
    public async Task FetchAsync_CompressedBodyCutShort_IsCutOff(string coding)
    {
        var whole = Codings.Compress(coding, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000))));
        Serve(coding, whole[..(whole.Length / 2)]);

        var page = await FetchAsync();

        Assert.That((page.FailureReason, page.Body.Length), Is.EqualTo((FetchReasons.CutOff, 0)), page.FailureDetail);
    }

    [TestCaseSource(nameof(All))]
    public async Task FetchAsync_LastByteIsMissing_IsCutOff(string coding)
    {
        Serve(coding, Codings.Compress(coding, Prices(2_000))[..^1]);

        var page = await FetchAsync();

        Assert.That((page.FailureReason, page.Body.Length), Is.EqualTo((FetchReasons.CutOff, 0)), page.FailureDetail);
    }

    [TestCaseSource(nameof(All))]
    public async Task FetchAsync_BodyIsNotInItsCoding_IsProtocolError(string coding)
    {
        Serve(coding, "this is plain text, not compressed at all"u8.ToArray());

        var page = await FetchAsync();

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.ProtocolError, 1)), page.FailureDetail);
    }

    [TestCase("compress")]
    [TestCase("exi")]
    public async Task FetchAsync_CodingWasNotAskedFor_IsProtocolError(string coding)
    {
        Serve(coding, "whatever"u8.ToArray());

        var page = await FetchAsync();

        Assert.That(page.FailureDetail, Does.Contain("not asked for"));
        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.ProtocolError));
    }

    [TestCaseSource(nameof(All))]
    public async Task FetchAsync_Bomb_IsTooLargeForItsRatio(string coding)
    {
        Serve(coding, Codings.Compress(coding, new byte[9_000_000]));

        var page = await FetchAsync(options => options.MaxCompressionRatio = 100);

        Assert.That((page.FailureReason, page.FailureDetail), Is.EqualTo((FetchReasons.TooLarge, "The body grows more than 100-fold when it is decompressed.")));
    }

    [TestCaseSource(nameof(All))]
    public async Task FetchAsync_GrowsBeyondTheLimit_IsTooLarge(string coding)
    {
        Serve(coding, Codings.Compress(coding, Prices(60_000)));

        var page = await FetchAsync(options => options.MaxBodyBytes = 500_000);

        Assert.That((page.FailureReason, page.FailureDetail), Is.EqualTo((FetchReasons.TooLarge, "The body has more than 500,000 bytes when it is decompressed.")));
    }

    [Test]
    public async Task FetchAsync_BombInABomb_IsTooLargeForTheRatioToWhatWasSent()
    {
        Serve("gzip, gzip", Codings.Compress("gzip", Codings.Compress("gzip", new byte[9_000_000])));

        var page = await FetchAsync(options => options.MaxCompressionRatio = 1_000);

        Assert.That((page.FailureReason, page.FailureDetail), Is.EqualTo((FetchReasons.TooLarge, "The body grows more than 1000-fold when it is decompressed.")));
    }

    [TestCase(true, "gzip, br, zstd, deflate")]
    [TestCase(false, "gzip, br, deflate")]
    public async Task FetchAsync_AnyRequest_OffersZstdOnlyWhereItsLibraryIs(bool isThere, string offered)
    {
        _site.Page("/p", "x");

        await FetchAsync(options => options.TakesZstd = isThere);

        Assert.That(_site.LastHead, Does.Contain($"Accept-Encoding: {offered}\r\n"));
    }

    [Test]
    public async Task FetchAsync_ZstdWithoutItsLibrary_IsProtocolError()
    {
        Serve("zstd", Codings.Compress("zstd", Prices(1_000)));

        var page = await FetchAsync(options => options.TakesZstd = false);

        Assert.That((page.FailureReason, page.FailureDetail), Is.EqualTo((FetchReasons.ProtocolError, "The body does not decompress: Its content coding was not asked for.")));
    }

    private void Serve(string codings, byte[] body) => _site.Page("/p", body, $"Content-Encoding: {codings}\r\n");

    private async Task<FetchedPage> FetchAsync(Action<CrawlOptions>? change = null)
    {
        using var crawl = new CrawlFixture(change);
        return await crawl.FetchAsync(_site.Url("/p"));
    }

    private static byte[] Prices(int count) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $"price {i}.34 ")));
}
