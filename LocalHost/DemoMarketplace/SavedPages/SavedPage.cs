namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>A page that was saved once, and where it is served now.</summary>
/// <param name="Key">Its name in <c>ground-truth.json</c>.</param>
/// <param name="OriginalUrl">Without a fragment.</param>
/// <param name="MirrorPath">Path and query on the mirror: <c>/&lt;host&gt;/&lt;path&gt;?&lt;query&gt;</c>.</param>
/// <param name="FilePath">The saved page, compressed when it ends with <c>.gz</c>.</param>
public sealed record SavedPage(string Key, string OriginalUrl, string MirrorPath, string FilePath);
