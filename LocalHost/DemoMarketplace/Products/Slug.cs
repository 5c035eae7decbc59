using System.Text;

namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>A name as a part of an address: lower-case letters, digits and hyphens; other scripts fall away.</summary>
internal static class Slug
{
    public static string Of(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var part = Letters(char.ToLowerInvariant(c));
            if (part.Length > 0)
            {
                slug.Append(part);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }

    private static string Letters(char c) =>
        c switch
        {
            >= 'a' and <= 'z' or >= '0' and <= '9' => c.ToString(),
            'ä' or 'æ' => "ae",
            'ö' or 'ø' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'å' => "aa",
            'é' or 'è' => "e",
            _ => "",
        };
}
