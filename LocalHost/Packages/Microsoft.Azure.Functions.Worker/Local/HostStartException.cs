namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>The host can not start for a reason its user can mend; the message is the one line they see.</summary>
internal sealed class HostStartException(string message) : Exception(message);
