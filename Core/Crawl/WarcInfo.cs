namespace Marketline.Core.Crawl;

/// <summary>What an archive says about itself in its first record.</summary>
/// <param name="CreatedUtc">The run's time, not the clock's: the same run writes the same bytes.</param>
/// <param name="Software">Name and version of the crawler.</param>
/// <param name="UserAgent">As sent to the sites.</param>
public sealed record WarcInfo(DateTimeOffset CreatedUtc, string Software, string UserAgent);
