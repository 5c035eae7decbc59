using Marketline.Core.Extract;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads microdata (https://html.spec.whatwg.org/multipage/microdata.html) and RDFa Lite (https://www.w3.org/TR/rdfa-lite/)
/// as the walk meets them. Beyond the standards, as search engines do: a content attribute counts on any element, and an Offer
/// that stands within a Product without being named as its property belongs to it.
/// </summary>
internal sealed class MarkupItemReader(PageScan scan)
{
    private const int MaxItems = 5_000;
    private const int MaxReferences = 20;

    private readonly List<(StructuredItem Item, string Ids)> _references = [];
    private int _itemCount;
    private int _referencedCount;

    public MarkupScope Read(PageElement element, MarkupScope scope)
    {
        var microdata = ReadMicrodata(element, scope.Microdata);
        return new MarkupScope(microdata, ReadRdfa(element, scope.Rdfa));
    }

    private StructuredItem? ReadMicrodata(PageElement element, StructuredItem? owner)
    {
        var property = element.GetAttribute("itemprop");
        if (!element.HasAttribute("itemscope"))
        {
            AddText(element, owner, property);
            return owner;
        }

        var item = NewItem(element, ExtractionSource.Microdata, element.GetAttribute("itemtype"), element.GetAttribute("itemid"));
        if (item is not null && element.GetAttribute("itemref") is { Length: > 0 } references && _references.Count < MaxReferences)
        {
            _references.Add((item, references));
        }

        return item is null ? null : Place(item, owner, property);
    }

    /// <summary>Properties that stand elsewhere on the page and that items name by id (itemref); read when all of the page is known.</summary>
    public void ReadReferences(PageElement root)
    {
        var references = _references.ToList();
        foreach (var (item, ids) in references)
        {
            foreach (var id in ids.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxReferences))
            {
                if (root.FindById(id) is { } element)
                {
                    ReadTree(element, item);
                }
            }
        }
    }

    /// <remarks>Recursion is safe: the parser bounds the tree's depth.</remarks>
    private void ReadTree(PageElement element, StructuredItem owner)
    {
        if (_referencedCount++ > MaxItems || ReadMicrodata(element, owner) is not { } inner)
        {
            return;
        }

        foreach (var child in element.Children.OfType<PageElement>())
        {
            ReadTree(child, inner);
        }
    }

    private StructuredItem? ReadRdfa(PageElement element, StructuredItem? owner)
    {
        var property = element.GetAttribute("property");
        var type = element.GetAttribute("typeof");
        if (type is null)
        {
            if (element.LocalName != "meta" || owner is not null)
            {
                AddText(element, owner, property);
            }

            return owner;
        }

        var item = NewItem(element, ExtractionSource.Rdfa, type, element.GetAttribute("resource"));
        return item is null ? null : Place(item, owner, property);
    }

    private StructuredItem? NewItem(PageElement element, ExtractionSource source, string? types, string? id)
    {
        if (_itemCount++ >= MaxItems)
        {
            return null;
        }

        var item = new StructuredItem(source, Location(element)) { Id = id, Order = scan.Runs.Count };
        foreach (var type in (types ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            item.AddType(type);
        }

        return item;
    }

    private StructuredItem Place(StructuredItem item, StructuredItem? owner, string? property)
    {
        var isLooseOffer = string.IsNullOrWhiteSpace(property) && owner is not null && (item.Is("Offer") || item.Is("AggregateOffer"));
        var names = isLooseOffer ? "offers" : property;
        if (owner is null || string.IsNullOrWhiteSpace(names))
        {
            scan.MarkupItems.Add(item);
            return item;
        }

        foreach (var name in names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            owner.Add(name, new StructuredValue("", item, item.Location));
        }

        return item;
    }

    private static void AddText(PageElement element, StructuredItem? owner, string? property)
    {
        if (owner is null || string.IsNullOrWhiteSpace(property))
        {
            return;
        }

        var (text, shown) = Value(element);
        if (text.Length == 0)
        {
            return;
        }

        foreach (var name in property.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            owner.Add(name, new StructuredValue(text, null, Location(element), shown));
        }
    }

    private static (string Text, string? Shown) Value(PageElement element)
    {
        var attribute = element.LocalName switch
        {
            "meta" => "content",
            "a" or "area" or "link" => "href",
            "img" or "audio" or "video" or "embed" or "iframe" or "source" or "track" => "src",
            "object" => "data",
            "data" or "meter" => "value",
            "time" => "datetime",
            _ => null,
        };
        var content = element.GetAttribute("content") ?? (attribute is null ? null : element.GetAttribute(attribute));
        if (attribute == "content")
        {
            return (content?.Trim() ?? "", null);
        }

        var shown = ElementText.Of(element, 5_000);
        return string.IsNullOrWhiteSpace(content) ? (shown, null) : (content.Trim(), shown);
    }

    private static string Location(PageElement element) =>
        element.Id is { Length: > 0 and < 60 } id ? $"{element.LocalName}#{id}"
        : element.GetAttribute("itemprop") is { } property ? $"{element.LocalName}[itemprop={property}]"
        : element.GetAttribute("property") is { } rdfa ? $"{element.LocalName}[property={rdfa}]"
        : element.LocalName;
}
