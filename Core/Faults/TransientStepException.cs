namespace Marketline.Core.Faults;

/// <summary>Trouble that goes away by itself (a throttled or unreachable service): the only failure that is retried.</summary>
public sealed class TransientStepException : Exception
{
    public TransientStepException() { }

    public TransientStepException(string message)
        : base(message) { }

    public TransientStepException(string message, Exception innerException)
        : base(message, innerException) { }
}
