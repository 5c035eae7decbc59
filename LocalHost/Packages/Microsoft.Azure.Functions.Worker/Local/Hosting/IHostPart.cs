namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Something that an extension runs as long as the host runs.</summary>
internal interface IHostPart
{
    HostPhase Phase { get; }

    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);
}
