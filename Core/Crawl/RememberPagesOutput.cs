namespace Marketline.Core.Crawl;

/// <param name="PageCount">How many pages the next run can ask for changes only.</param>
public sealed record RememberPagesOutput(int PageCount);
