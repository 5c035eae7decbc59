using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>Traits of elements, each element looked at once. Belongs to one page.</summary>
internal sealed class ElementTraits
{
    private const int NearLevels = 4;
    private readonly Dictionary<PageElement, Traits> _own = [];
    private readonly Dictionary<PageElement, Traits> _inherited = [];

    /// <summary>What also holds the product's title is neither a list of other products nor the page's frame, whatever its class.</summary>
    private readonly HashSet<PageElement> _aroundTitle;

    public ElementTraits(PageElement? title) => _aroundTitle = Ancestors(title);

    /// <summary>
    /// The element's own traits, those of its nearest ancestors, and what all ancestors pass on. Of "old" and "current" the
    /// nearest element that speaks of prices decides.
    /// </summary>
    public Traits Of(PageElement element)
    {
        var traits = Inherited(element);
        var isPriceKnown = false;
        PageElement? current = element;
        for (var level = 0; level < NearLevels && current is not null && !_aroundTitle.Contains(current); level++)
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
        if (_inherited.TryGetValue(element, out var known))
        {
            return known;
        }

        var above = element.ParentElement is { } parent ? Inherited(parent) : Traits.None;
        var traits = _aroundTitle.Contains(element) ? Traits.None : above | (Own(element) & Traits.Inherited);
        _inherited.Add(element, traits);
        return traits;
    }

    private static HashSet<PageElement> Ancestors(PageElement? title)
    {
        var around = new HashSet<PageElement>();
        for (var current = title?.ParentElement; current is not null; current = current.ParentElement)
        {
            around.Add(current);
        }

        return around;
    }

    private Traits Own(PageElement element)
    {
        if (_own.TryGetValue(element, out var known))
        {
            return known;
        }

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

        _own.Add(element, traits);
        return traits;
    }
}
