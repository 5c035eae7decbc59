namespace Marketline.Platforms.Extract;

/// <summary>One value of a structured item's property: a text or a nested item. <c>Shown</c> is the element's visible text where the
/// markup carries another one (<c>content="123"&gt;12/3</c>).</summary>
internal sealed record StructuredValue(string Text, StructuredItem? Item, string Location, string? Shown = null);
