using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>A price as shown, with the traits of its place and how likely it is the main product's (above 3: likely).</summary>
internal sealed record VisiblePrice(decimal Amount, string Text, string? Mark, string Location, int Order, Traits Traits, double Score)
{
    /// <summary>Where it stands.</summary>
    public required PageElement Element { get; init; }
}
