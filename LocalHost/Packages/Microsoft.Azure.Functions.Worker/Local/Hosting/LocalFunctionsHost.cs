using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>
/// The running app. Start: the app's hosted services, the durable engine, HTTP, then whatever calls functions by itself;
/// stop: the opposite way.
/// </summary>
internal sealed class LocalFunctionsHost(WebApplication app, HostLaunch launch, int port, FunctionCatalog catalog) : IHost, IAsyncDisposable
{
    private readonly IReadOnlyList<IHostPart> _parts =
        [.. app.Services.GetServices<IHostPart>().Where(p => p.Phase is HostPhase.AfterHttp)];

    public IServiceProvider Services => app.Services;

    /// <summary>Where HTTP is served; known once the host is started.</summary>
    public Uri Address => new(app.Urls.First());

    public Task StartAsync(CancellationToken cancellationToken = default) =>
        launch.OwnsProcess
            ? HostExit.OnStartFailureAsync(() => StartAllAsync(cancellationToken))
            : StartAllAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        foreach (var part in _parts.Reverse())
        {
            await part.StopAsync(cancellationToken);
        }

        await app.StopAsync(cancellationToken);
    }

    public void Dispose() => ((IDisposable)app).Dispose();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        PortCheck.ThrowIfTaken(port);
        Services.GetRequiredService<DataFolder>().Take();
        await app.StartAsync(cancellationToken);
        foreach (var part in _parts)
        {
            await part.StartAsync(cancellationToken);
        }

        Services.GetRequiredService<HostState>().Up();
        StartReport.Write(launch.Output, catalog, Address.GetLeftPart(UriPartial.Authority));
    }
}
