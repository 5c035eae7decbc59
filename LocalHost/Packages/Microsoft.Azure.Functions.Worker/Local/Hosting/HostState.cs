namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Whether the start is over: until then its failure is one line on standard error, not a log entry too.</summary>
internal sealed class HostState
{
    private volatile bool _isUp;

    public bool IsUp => _isUp;

    public void Up() => _isUp = true;
}
