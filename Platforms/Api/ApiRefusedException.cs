namespace Marketline.Platforms.Api;

/// <summary>An API gave no token; the message is for a person and holds no secret.</summary>
public sealed class ApiRefusedException(string message, bool isRetryable = false) : Exception(message)
{
    public bool IsRetryable { get; } = isRetryable;
}
