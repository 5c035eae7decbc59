using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Tells running functions that the host stops, after those that are nearly done had time to finish.</summary>
internal sealed class HostStopping : IDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();

    public HostStopping(IHostApplicationLifetime lifetime)
    {
        lifetime.ApplicationStopping.Register(() => _source.CancelAfter(Drain));
        Token = _source.Token;
    }

    public CancellationToken Token { get; }

    public void Dispose() => _source.Dispose();
}
