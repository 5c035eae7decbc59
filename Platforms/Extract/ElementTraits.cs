using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>Traits of elements, each element looked at once. Belongs to one page.</summary>
internal sealed class ElementTraits
{
    private const int NearLevels = 4;
    private readonly Known[] _known;

    /// <param name="title">The element that shows the product's title; what also holds it is neither a list of other products nor the page's frame, whatever its class.</param>
    /// <param name="elementCount">See <see cref="PageScan.ElementCount"/>.</param>
    public ElementTraits(PageElement? title, int elementCount)
    {
        _known = new Known[elementCount];
        for (var around = title?.ParentElement; around is not null; around = around.ParentElement)
        {
            _known[around.Number].IsAroundTitle = true;
        }
    }

    /// <summary>
    /// The element's own traits, those of its nearest ancestors, and what all ancestors pass on. Of "old" and "current" the
    /// nearest element that speaks of prices decides.
    /// </summary>
    public Traits Of(PageElement element)
    {
        var traits = Inherited(element);
        var isPriceKnown = false;
        var current = element;
        for (var level = 0; level < NearLevels && current is not null && !_known[current.Number].IsAroundTitle; level++)
        {
            var own = Own(current) & ~Traits.Inherited;
            traits |= isPriceKnown ? own & ~(Traits.Old | Traits.Current) : own;
            isPriceKnown |= (own & (Traits.Price | Traits.Current | Traits.Old)) != 0;
            current = current.ParentElement;
        }

        return traits;
    }

    /// <remarks>Recursion is safe: the parser bounds the tree's depth.</remarks>
    private Traits Inherited(PageElement element)
    {
        ref var known = ref _known[element.Number];
        if (known.Inherited is null)
        {
            var above = element.ParentElement is { } parent ? Inherited(parent) : Traits.None;
            known.Inherited = known.IsAroundTitle ? Traits.None : above | (Own(element) & Traits.Inherited);
        }

        return known.Inherited.Value;
    }

    private Traits Own(PageElement element) => _known[element.Number].Own ??= Read(element);

    private static Traits Read(PageElement element)
    {
        var traits = element.LocalName switch
        {
            "del" or "s" or "strike" => Traits.Struck,
            "nav" or "footer" => Traits.Frame,
            "aside" => Traits.Related,
            _ => Traits.None,
        };
        traits |= TraitWords.Of(element.ClassName) | TraitWords.Of(element.Id) | TraitWords.Of(element.GetAttribute("itemprop"));
        if (element.HasAttribute("hidden"))
        {
            traits |= Traits.Hidden;
        }

        if (element.GetAttribute("style") is { } style)
        {
            traits |= style.Contains("line-through", StringComparison.OrdinalIgnoreCase) ? Traits.Struck : Traits.None;
            traits |= style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase) ? Traits.Hidden : Traits.None;
        }

        return traits;
    }

    private record struct Known(Traits? Own, Traits? Inherited, bool IsAroundTitle);
}
