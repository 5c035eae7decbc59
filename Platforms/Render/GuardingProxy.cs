using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Logging;

namespace Marketline.Platforms.Render;

/// <summary>
/// The only way from the browser to the network: an HTTP proxy that resolves names itself and connects by the rules of the
/// crawler (<see cref="AddressGuard"/>), for those who show a pass. Every page has a session of its own, with bounds.
/// </summary>
internal sealed partial class GuardingProxy : IAsyncDisposable
{
    private readonly AddressGuard _guard;
    private readonly ProxyPasses _passes;
    private readonly RenderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly bool _servesOthers;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ProxySession> _sessions = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;

    public GuardingProxy(AddressGuard guard, ProxyPasses passes, RenderOptions options, TimeProvider time, ILogger logger, IPEndPoint? servesOthersAt = null)
    {
        (_guard, _passes, _options, _time, _logger) = (guard, passes, options, time, logger);
        _servesOthers = servesOthersAt is not null;
        _listener = new TcpListener(servesOthersAt ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Opens the session of one page; disposing it ends what the page has under way.</summary>
    public (ProxyPass Pass, ProxySession Session) Open(TimeSpan lifetime)
    {
        var pass = _passes.Issue(_time.GetUtcNow() + lifetime);
        var session = NewSession();
        _sessions[pass.UserName] = session;
        session.Ended.Register(() => _sessions.TryRemove(pass.UserName, out _));
        return (pass, session);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    private ProxySession NewSession() => new(_options.MaxPageBytes, _options.MaxConnectionsPerPage);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var connection = ServeAsync(client);
                _connections[connection] = true;
                _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            if (!_stop.IsCancellationRequested)
            {
                LogEnded(exception);
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using var _ = client;
        client.NoDelay = true;
        try
        {
            await new ProxyConnection(client.GetStream(), _guard, Admit).ServeAsync(_stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The browser hung up, or the page or the proxy is over: there is nobody to tell.
        }
        catch (Exception exception)
        {
            LogBroke(exception);
        }
    }

    /// <summary>A pass of this process has its session; one of another process, which shares the secret, gets one when it first comes.</summary>
    private ProxySession? Admit(ProxyHead head)
    {
        var name = _passes.Check(head.Field("Proxy-Authorization"), _time.GetUtcNow(), out var expiresUtc);
        if (name is null)
        {
            return null;
        }

        if (_sessions.TryGetValue(name, out var known))
        {
            return known;
        }

        return _servesOthers ? _sessions.GetOrAdd(name, key => Foreign(key, expiresUtc)) : null;
    }

    private ProxySession Foreign(string name, DateTimeOffset expiresUtc)
    {
        var session = NewSession();
        var ends = new CancellationTokenSource(expiresUtc - _time.GetUtcNow(), _time);
        ends.Token.Register(() =>
        {
            _sessions.TryRemove(name, out _);
            session.Dispose();
        });
        return session;
    }

    [LoggerMessage(LogLevel.Error, "The guarding proxy of the browser does not listen any more.")]
    private partial void LogEnded(Exception exception);

    [LoggerMessage(LogLevel.Error, "A connection of the browser broke in the guarding proxy.")]
    private partial void LogBroke(Exception exception);
}
