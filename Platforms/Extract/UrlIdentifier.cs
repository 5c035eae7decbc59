using System.Text.RegularExpressions;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// The last resort for an identifier: the number in the page's own address by which the shop finds the product. It counts more
/// where an attribute or a script of the page holds the same number.
/// </summary>
internal static partial class UrlIdentifier
{
    private const int MinDigits = 5;

    public static void Find(PageScan scan, PageIdentity page, ProductFacts facts)
    {
        if (page.Address is not { } address)
        {
            return;
        }

        var isFirst = true;
        foreach (var token in Tokens(address))
        {
            var isHeld = scan.Attributes.Exists(pair => pair.Value.Equals(token, StringComparison.OrdinalIgnoreCase));
            facts.Add(FieldNames.Sku, token, ExtractionSource.Meta, "url", (isFirst ? 0.4 : 0.35) + (isHeld ? 0.15 : 0));
            isFirst = false;
        }
    }

    /// <summary>Query parameters that name a product, then the path's segments from its end.</summary>
    private static IEnumerable<string> Tokens(Uri address)
    {
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length == 2 && IdParameter().IsMatch(parts[0]) && Identifier().IsMatch(parts[1]))
            {
                yield return parts[1];
            }
        }

        foreach (var segment in address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var name = Extension().Replace(Uri.UnescapeDataString(segment), "");
            foreach (Match match in Number().Matches(name).Reverse())
            {
                if (match.Value.Count(char.IsAsciiDigit) >= MinDigits)
                {
                    yield return match.Value;
                }
            }
        }
    }

    [GeneratedRegex(@"^(sku|childsku|pid|id|productid|product_id|product|prod|item|itemid|item_id|goods_id|article|artnr|asin|variant)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdParameter();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]*\d[A-Za-z0-9_\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\.(html?|php|aspx?|jsp)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{0,3}\d[A-Z0-9]*(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
