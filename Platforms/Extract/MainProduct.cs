namespace Marketline.Platforms.Extract;

/// <summary>A page's main product in one kind of markup.</summary>
/// <param name="Item">The product.</param>
/// <param name="Variants">Further items of the same product: sizes, colours.</param>
/// <param name="Score">How sure it is the main one; above 3 its name is the page's.</param>
internal sealed record MainProduct(StructuredItem Item, IReadOnlyList<StructuredItem> Variants, double Score);
