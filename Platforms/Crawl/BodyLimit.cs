namespace Marketline.Platforms.Crawl;

/// <param name="MaxBytes">Of the body as sent, and of what it decompresses to.</param>
/// <param name="IsTruncating">What is longer is cut, not refused.</param>
internal sealed record BodyLimit(int MaxBytes, bool IsTruncating = false);
