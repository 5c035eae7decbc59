using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <param name="Rules">What the file says, or what its absence means.</param>
/// <param name="Failure">Set when it could not be read for a cause that forbids crawling: then the cause.</param>
/// <param name="ExpiresUtc">When to read it again.</param>
internal sealed record RobotsVerdict(RobotsRules Rules, FetchFailure? Failure, DateTimeOffset ExpiresUtc);
