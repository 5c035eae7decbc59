using System.Xml;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// The attributes of one <c>item</c> or <c>entry</c>. Google's elements have the prefix <c>g</c>; RSS and Atom's own (title, link) stand in
/// where Google's are missing. Names are read without their namespaces: the declarations stand outside the item.
/// </summary>
internal static class FeedItem
{
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static Dictionary<string, string> Read(string item)
    {
        using var xml = new XmlTextReader(item, XmlNodeType.Element, null) { Namespaces = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        var attributes = new Dictionary<string, string>(16, StringComparer.Ordinal);
        var google = new HashSet<string>(StringComparer.Ordinal);
        string? parent = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth == 0)
            {
                continue;
            }

            var (isGoogle, name) = NameOf(xml, ref parent);
            if (name is null)
            {
                continue;
            }

            var value = name == FeedAttributes.Link && xml.GetAttribute("href") is { } href ? AlternateLink(xml, href) : ReadText(xml);
            if (!string.IsNullOrWhiteSpace(value) && (isGoogle ? google.Add(name) : !attributes.ContainsKey(name)))
            {
                attributes[name] = value.Trim();
            }
        }

        return attributes;
    }

    /// <summary>Of an element within another, the two names; only the first level and prices within it are looked at.</summary>
    private static (bool IsGoogle, string? Name) NameOf(XmlTextReader xml, ref string? parent)
    {
        var written = xml.Name;
        var isGoogle = written.StartsWith("g:", StringComparison.Ordinal);
        var local = isGoogle ? written[2..] : written;
        switch (xml.Depth)
        {
            case 1:
                parent = local;
                return (isGoogle, local == FeedAttributes.Shipping ? null : FeedAttributes.Find(local));
            case 2:
                return (isGoogle, FeedAttributes.Find($"{parent}.{local}"));
            default:
                return (isGoogle, null);
        }
    }

    /// <summary>The text up to the element's end, which the reader stays on: the next read goes on behind it.</summary>
    private static string? ReadText(XmlTextReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return null;
        }

        var (depth, text) = (xml.Depth, "");
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text += xml.Value;
            }
        }

        return text;
    }

    private static string? AlternateLink(XmlTextReader xml, string href) => xml.GetAttribute("rel") is null or "alternate" ? href : null;
}
