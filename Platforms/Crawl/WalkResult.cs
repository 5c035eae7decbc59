namespace Marketline.Platforms.Crawl;

internal sealed record WalkResult(Answer Answer, Uri Address, int AttemptCount, bool IsRedirected, DateTimeOffset EndedUtc);
