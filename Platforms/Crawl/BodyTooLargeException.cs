namespace Marketline.Platforms.Crawl;

/// <summary>A body passed its limit while it was read.</summary>
internal sealed class BodyTooLargeException(string message) : IOException(message);
