namespace Marketline.LocalHost.Cli;

/// <summary>Something that a person has to put right; the message is one line that says what.</summary>
public sealed class CliException : Exception
{
    public CliException() { }

    public CliException(string message)
        : base(message) { }

    public CliException(string message, Exception innerException)
        : base(message, innerException) { }
}
