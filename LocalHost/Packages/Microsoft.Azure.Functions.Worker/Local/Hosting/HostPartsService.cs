using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Registered last, so that it starts between the app's hosted services and the HTTP server.</summary>
internal sealed class HostPartsService(IEnumerable<IHostPart> parts) : IHostedService
{
    private readonly IReadOnlyList<IHostPart> _parts = [.. parts.Where(p => p.Phase is HostPhase.BeforeHttp)];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            await part.StartAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _parts.Reverse())
        {
            await part.StopAsync(cancellationToken);
        }
    }
}
