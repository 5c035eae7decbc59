using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Leaves signals alone: the process belongs to somebody else.</summary>
internal sealed class UnattendedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
