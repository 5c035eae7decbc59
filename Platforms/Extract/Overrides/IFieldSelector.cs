namespace Marketline.Platforms.Extract.Overrides;

/// <summary>An override's expression, ready to be asked. Holds no state of a page: one serves all pages of a batch.</summary>
internal interface IFieldSelector
{
    /// <summary>The text it finds; null for none. Never throws for what stands in the page, and ends in bounded time.</summary>
    string? Find(OverridePage page);
}
