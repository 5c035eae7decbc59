using System.Net;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Render;

/// <summary>The guarding proxy as a program of its own, beside a browser that runs elsewhere than the workers.</summary>
public sealed class RenderProxyServer
{
    private readonly AddressGuard _guard;
    private readonly RenderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal RenderProxyServer(AddressGuard guard, IOptions<RenderOptions> options, TimeProvider time, ILogger<RenderProxyServer> logger) =>
        (_guard, _options, _time, _logger) = (guard, options.Value, time, logger);

    /// <summary>Serves whoever shows a pass made with <c>Render:ProxySecret</c>, until it is cancelled.</summary>
    /// <param name="listenOn">Port 0 takes a free one.</param>
    /// <param name="listening">Told where it listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">There is no secret.</exception>
    public async Task RunAsync(IPEndPoint listenOn, Action<IPEndPoint> listening, CancellationToken cancellationToken)
    {
        var secret = RenderOptionsValidator.Secret(_options)
            ?? throw new InvalidOperationException("Render:ProxySecret is missing: base64 of at least 32 bytes, the same as the workers have.");
        await using var proxy = new GuardingProxy(_guard, new ProxyPasses(secret), _options, _time, _logger, listenOn);
        listening(proxy.EndPoint);
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
