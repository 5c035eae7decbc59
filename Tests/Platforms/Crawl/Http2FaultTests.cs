using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>What a site can do to a crawler over HTTP/2: each ends as a page with its reason, soon.</summary>
public sealed class Http2FaultTests
{

    [Test]
    public async Task FetchAsync_RefusedStreamOnce_GivesThePage()
    {
        await using var site = new Http2Site(exchange => exchange.ResetAsync(Http2Site.Exchange.RefusedStream), exchange => exchange.PageAsync("hello"));

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, Text(page), site.RequestCount), Is.EqualTo(((string?)null, "hello", 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_RefusesEveryStream_EndsAsProtocolError()
    {
        await using var site = new Http2Site(exchange => exchange.ResetAsync(Http2Site.Exchange.RefusedStream));

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.ProtocolError, 2)), page.FailureDetail);
        Assert.That(site.RequestCount, Is.LessThanOrEqualTo(2 * 4));
    }

    [Test]
    public async Task FetchAsync_StreamIsResetInTheBody_IsTriedAgain()
    {
        await using var site = new Http2Site(
            async exchange =>
            {
                await exchange.HeadAsync();
                await exchange.DataAsync("hal");
                await exchange.ResetAsync(Http2Site.Exchange.InternalError);
            },
            exchange => exchange.PageAsync("whole")
        );

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, Text(page), page.AttemptCount, site.ConnectionCount), Is.EqualTo(((string?)null, "whole", 2, 1)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_EveryStreamIsReset_IsProtocolError()
    {
        await using var site = new Http2Site(exchange => exchange.ResetAsync(Http2Site.Exchange.InternalError));

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.AttemptCount, site.RequestCount), Is.EqualTo((FetchReasons.ProtocolError, 2, 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_GoAwayBeforeTheRequestIsWorkedOn_GoesToANewConnection()
    {
        await using var site = new Http2Site(
            async exchange =>
            {
                await exchange.GoAwayAsync(last: exchange.Stream - 2, error: 0);
                exchange.HangUp();
            },
            exchange => exchange.PageAsync("hello")
        );

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, Text(page), site.ConnectionCount), Is.EqualTo(((string?)null, "hello", 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_GoAwayInTheBody_IsTriedAgainOnANewConnection()
    {
        await using var site = new Http2Site(
            async exchange =>
            {
                await exchange.HeadAsync();
                await exchange.DataAsync("hal");
                await exchange.GoAwayAsync(exchange.Stream, Http2Site.Exchange.EnhanceYourCalm);
                exchange.HangUp();
            },
            exchange => exchange.PageAsync("whole")
        );

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, Text(page), page.AttemptCount, site.ConnectionCount), Is.EqualTo(((string?)null, "whole", 2, 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_GoAwayEveryTime_EndsWithAReason()
    {
        await using var site = new Http2Site(async exchange =>
        {
            await exchange.GoAwayAsync(exchange.Stream, Http2Site.Exchange.EnhanceYourCalm);
            exchange.HangUp();
        });

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.ProtocolError, 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_ConnectionEndsInTheBody_IsCutOff()
    {
        await using var site = new Http2Site(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.DataAsync("hal");
            exchange.HangUp();
        });

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.AttemptCount, page.Body.Length), Is.EqualTo((FetchReasons.CutOff, 2, 0)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_BodyShorterThanItsLength_IsCutOff()
    {
        await using var site = new Http2Site(async exchange =>
        {
            await exchange.HeadAsync("content-length", "1000");
            await exchange.DataAsync("short", isLast: true);
        });

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.Body.Length), Is.EqualTo((FetchReasons.CutOff, 0)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_NoFrames_IsProtocolError()
    {
        await using var site = new Http2Site(exchange => exchange.WriteRawAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray()));

        var page = await FetchAsync(site);

        Assert.That((page.FailureReason, page.Body.Length), Is.EqualTo((FetchReasons.ProtocolError, 0)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_HeadWithoutEnd_IsTooLarge()
    {
        await using var site = new Http2Site(async exchange =>
        {
            byte[] field = [0, 1, (byte)'x', 100, .. Encoding.ASCII.GetBytes(new string('a', 100))];
            var fields = Enumerable.Repeat(field, 100).SelectMany(bytes => bytes).ToArray();
            await exchange.WriteAsync(Http2Site.Frame.Headers, 0, [Http2Site.Exchange.Ok]);
            while (true)
            {
                await exchange.WriteAsync(Http2Site.Frame.Continuation, 0, fields);
            }
        });

        var page = await FetchAsync(site);

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TooLarge), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_BodyOverTheLimit_IsTooLarge()
    {
        await using var site = new Http2Site(async exchange =>
        {
            await exchange.HeadAsync();
            for (var sent = 0; sent < 4; sent++)
            {
                await exchange.DataAsync(new string('x', 16_000));
            }
        });

        var page = await FetchAsync(site, options => options.MaxBodyBytes = 60_000);

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.TooLarge, 1)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_NothingButPings_TimesOut()
    {
        await using var site = new Http2Site(async exchange =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(exchange.CancellationToken))
            {
                await exchange.PingAsync();
            }
        });

        var page = await FetchAsync(site, options => options.FirstByteTimeout = TimeSpan.FromMilliseconds(200));

        Assert.That((page.FailureReason, page.StatusCode), Is.EqualTo((FetchReasons.TimedOut, 0)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_BodyTrickles_TimesOut()
    {
        await using var site = new Http2Site(async exchange =>
        {
            await exchange.HeadAsync();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(exchange.CancellationToken))
            {
                await exchange.DataAsync("a");
            }
        });

        var page = await FetchAsync(site, options =>
        {
            options.FirstByteTimeout = options.FetchTimeout = TimeSpan.FromSeconds(2);
            options.MaxAttempts = 1;
        });

        Assert.That((page.FailureReason, page.StatusCode), Is.EqualTo((FetchReasons.TimedOut, 200)), page.FailureDetail);
    }

    private static async Task<FetchedPage> FetchAsync(Http2Site site, Action<CrawlOptions>? change = null)
    {
        using var crawl = new CrawlFixture(options =>
        {
            options.TrustedAuthorities.Add(site.Certificate);
            options.MaxAttempts = 2;
            change?.Invoke(options);
        });
        return await crawl.FetchAsync($"https://127.0.0.1:{site.Port}/p");
    }

    private static string Text(FetchedPage page) => Encoding.ASCII.GetString(page.Body.Span);
}
