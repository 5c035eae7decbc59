namespace Marketline.Core.Extract;

/// <summary>A field as it stood on the page, before any cleaning.</summary>
/// <param name="Text">The raw text, such as <c>1.234,56 €</c>.</param>
/// <param name="Source">Which kind of markup it came from.</param>
/// <param name="Location">Where it stood: a JSON path, a CSS path or a property name.</param>
/// <param name="Confidence">0 to 1: how sure extraction is that this is the field of the page's main product.</param>
public sealed record RawField(string Text, ExtractionSource Source, string Location, double Confidence);
