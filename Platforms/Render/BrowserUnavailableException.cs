namespace Marketline.Platforms.Render;

/// <summary>No browser could be started or reached; the message says what to do. Never leaves the renderer.</summary>
internal sealed class BrowserUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
