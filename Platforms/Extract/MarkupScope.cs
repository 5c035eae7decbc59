namespace Marketline.Platforms.Extract;

/// <summary>The items that an element's properties belong to.</summary>
internal readonly record struct MarkupScope(StructuredItem? Microdata, StructuredItem? Rdfa);
