using System.Net;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>All structured items of a page: its JSON-LD scripts, and the microdata and RDFa of its tree.</summary>
internal static class StructuredItems
{
    private const int MaxScripts = 200;

    public static List<StructuredItem> Of(PageScan scan)
    {
        var items = new List<StructuredItem>(scan.MarkupItems);
        for (var i = 0; i < Math.Min(scan.JsonLdScripts.Count, MaxScripts); i++)
        {
            var script = scan.JsonLdScripts[i];
            var isEscaped = !script.Contains('"') && script.Contains("&quot;", StringComparison.Ordinal);
            items.AddRange(LooseJsonReader.Read(isEscaped ? WebUtility.HtmlDecode(script) : script, ExtractionSource.JsonLd, $"jsonld[{i}]"));
        }

        ItemReferences.Resolve(items);
        return items;
    }
}
