namespace Marketline.Platforms;

/// <summary>A plan names a platform that has no connector; the message lists those that have one.</summary>
public sealed class UnknownPlatformException : Exception
{
    public UnknownPlatformException()
        : this("", []) { }

    public UnknownPlatformException(string message)
        : base(message) { }

    public UnknownPlatformException(string message, Exception innerException)
        : base(message, innerException) { }

    public UnknownPlatformException(string platform, IReadOnlyList<string> known)
        : base($"There is no platform '{platform}'. Known platforms: {string.Join(", ", known)}.")
    {
        Platform = platform;
        Known = known;
    }

    public string Platform { get; } = "";

    public IReadOnlyList<string> Known { get; } = [];
}
