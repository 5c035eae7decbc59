using System.Buffers;
using System.Net.Sockets;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>
/// One connection of the browser to the guarding proxy: a tunnel (CONNECT), or one plain exchange (a request in absolute form,
/// RFC 9112 §3.2.2). Where it leads is decided by the guard, on the address that is dialled.
/// </summary>
internal sealed class ProxyConnection(Stream browser, AddressGuard guard, Func<ProxyHead, ProxySession?> admit)
{
    private const int BufferBytes = 32 * 1024;
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public async Task ServeAsync(CancellationToken stop)
    {
        var head = await WithinAsync(HeadTimeout, token => ProxyHead.ReadAsync(browser, token), stop);
        if (head is null)
        {
            return;
        }

        if (admit(head) is not { } session)
        {
            await browser.WriteAsync(ProxyHead.Answer(407, "Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"marketline\"\r\n"), stop);
            return;
        }

        if (!session.TryOpen())
        {
            await browser.WriteAsync(ProxyHead.Answer(503, "Too Many Connections"), stop);
            return;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, session.Ended);
            await ForwardAsync(head, session, either.Token);
        }
        finally
        {
            session.Close();
        }
    }

    private async Task ForwardAsync(ProxyHead head, ProxySession session, CancellationToken cancellationToken)
    {
        var parts = head.FirstLine.Split(' ');
        var isTunnel = parts[0] == "CONNECT";
        if (parts.Length != 3 || !Uri.TryCreate(isTunnel ? $"https://{parts[1]}/" : parts[1], UriKind.Absolute, out var address))
        {
            await browser.WriteAsync(ProxyHead.Answer(400, "Bad Request"), cancellationToken);
            return;
        }

        var (site, refusal) = await TryDialAsync(address, session, cancellationToken);
        if (site is null)
        {
            await browser.WriteAsync(refusal, cancellationToken);
            return;
        }

        await using var _ = site;
        if (isTunnel)
        {
            await browser.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), cancellationToken);
            await site.WriteAsync(head.Rest, cancellationToken);
            await RelayBothAsync(site, session, cancellationToken);
        }
        else
        {
            await site.WriteAsync(head.Rewrite($"{parts[0]} {address.PathAndQuery} HTTP/1.1"), cancellationToken);
            await site.WriteAsync(head.Rest, cancellationToken);
            await ExchangeAsync(site, session, cancellationToken);
        }
    }

    private async Task<(Stream? Site, byte[] Refusal)> TryDialAsync(Uri address, ProxySession session, CancellationToken cancellationToken)
    {
        if (guard.Check(address) is not null)
        {
            session.Refuse();
            return (null, ProxyHead.Answer(403, "Address Refused"));
        }

        try
        {
            var site = await WithinAsync(ConnectTimeout, token => guard.ConnectAsync(address.IdnHost, address.Port, token).AsTask(), cancellationToken);
            return (site, site is null ? ProxyHead.Answer(504, "Gateway Timeout") : []);
        }
        catch (AddressRefusedException)
        {
            session.Refuse();
            return (null, ProxyHead.Answer(403, "Address Refused"));
        }
        catch (SocketException)
        {
            return (null, ProxyHead.Answer(502, "Bad Gateway"));
        }
    }

    /// <summary>The answer's head says that the connection ends with it, so that the browser asks for nothing else here.</summary>
    private async Task ExchangeAsync(Stream site, ProxySession session, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = RelayAsync(browser, site, session, over.Token);
        try
        {
            if (await FinalHeadAsync(site, cancellationToken) is { } head && session.TryTake(head.Rest.Length))
            {
                await browser.WriteAsync(head.Rewrite(head.FirstLine), cancellationToken);
                await browser.WriteAsync(head.Rest, cancellationToken);
                await Task.WhenAny(RelayAsync(site, browser, session, over.Token), sending);
            }
        }
        finally
        {
            await over.CancelAsync();
            await sending;
        }
    }

    /// <summary>Past the interim answers (1xx), which nobody waits for.</summary>
    private static async Task<ProxyHead?> FinalHeadAsync(Stream site, CancellationToken cancellationToken)
    {
        var head = await ProxyHead.ReadAsync(site, cancellationToken);
        while (head is not null && head.FirstLine.Split(' ') is [_, ['1', ..], ..])
        {
            head = await ProxyHead.ReadAsync(site, cancellationToken, head.Rest);
        }

        return head;
    }

    private async Task RelayBothAsync(Stream site, ProxySession session, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = RelayAsync(browser, site, session, over.Token);
        var receiving = RelayAsync(site, browser, session, over.Token);
        await Task.WhenAny(sending, receiving);
        await over.CancelAsync();
        await Task.WhenAll(sending, receiving);
    }

    /// <remarks>Ends quietly: a side that breaks off is the end of the connection, whatever the cause.</remarks>
    private static async Task RelayAsync(Stream from, Stream to, ProxySession session, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count && session.TryTake(count))
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The page is over, or one side is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>The default when the time is over.</returns>
    private static async Task<T?> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            return await work(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }
}
