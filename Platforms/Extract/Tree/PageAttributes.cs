using AngleSharp.Common;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>An element's attributes, by name in lower case.</summary>
internal sealed class PageAttributes : IConstructableNamedNodeMap
{
    public static readonly PageAttributes None = new([]);

    private readonly KeyValuePair<string, string>[] _all;

    private PageAttributes(KeyValuePair<string, string>[] all) => _all = all;

    public ReadOnlySpan<KeyValuePair<string, string>> All => _all;

    int IConstructableNamedNodeMap.Length => _all.Length;

    IConstructableAttr? IConstructableNamedNodeMap.this[StringOrMemory name] => null;

    /// <returns>Null when there is none that extraction reads.</returns>
    public static PageAttributes? Of(StructAttributes attributes, NamePool names)
    {
        var count = 0;
        for (var i = 0; i < attributes.Count; i++)
        {
            count += IsRead(attributes[i]) ? 1 : 0;
        }

        if (count == 0)
        {
            return null;
        }

        var all = new KeyValuePair<string, string>[count];
        for (var i = attributes.Count - 1; i >= 0; i--)
        {
            if (attributes[i] is var attribute && IsRead(attribute))
            {
                var name = names.Get(attribute.Name.Memory.Span);
                var value = attribute.Value.Memory.Span;
                all[--count] = new(name, name == "class" ? names.Get(value) : value.ToString());
            }
        }

        return new PageAttributes(all);
    }

    private static bool IsRead(MemoryHtmlAttributeToken attribute) => AttributeNames.IsRead(attribute.Name.Memory.Span, attribute.Value.Memory.Span);

    public PageAttributes With(string name, string value) => new([.. _all, new(name, value)]);

    public string? Find(string name)
    {
        foreach (var (own, value) in _all)
        {
            if (own == name)
            {
                return value;
            }
        }

        return null;
    }

    bool IConstructableNamedNodeMap.SameAs(IConstructableNamedNodeMap? attributes) =>
        attributes is PageAttributes others && others._all.Length == _all.Length && Array.TrueForAll(_all, own => others.Find(own.Key) == own.Value);
}
