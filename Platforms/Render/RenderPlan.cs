using Marketline.Core.Crawl;

namespace Marketline.Platforms.Render;

/// <param name="Choice">What is to be done with a page as sent.</param>
/// <param name="IsForParts">For what its offers lack, not because it holds nothing.</param>
internal readonly record struct RenderPlan(RenderChoice Choice, bool IsForParts);
