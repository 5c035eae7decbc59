using System.Collections.Frozen;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>
/// What a page without structured data shows of its product beside price and numbers: the brand after its label, the category
/// in its breadcrumbs, the picture that bears the product's name. Every markup is surer than these.
/// </summary>
internal sealed class VisibleDetails(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
{
    private const double Confidence = 0.3;
    private const int MaxBrandLength = 60;
    private const int MaxCrumbLength = 100;
    private const int MaxCrumbs = 8;
    private const double MinNameMatch = 0.8;

    private static readonly FrozenSet<string> BrandLabels = (
        "brand|brand name|manufacturer|marke|hersteller|marque|fabricant|marca|fabricante|produttore|merk|fabrikant|merke|märke|mærke|tillverkare|produsent|producent|"
        + "marka|značka|výrobce|výrobca|valmistaja|tuotemerkki|gyártó|márka|producător|марка|бренд|производитель|виробник|μάρκα|ブランド|メーカー|品牌|브랜드|제조사|ยี่ห้อ|thương hiệu"
    )
        .Split('|')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Find(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
    {
        var details = new VisibleDetails(scan, page, traits, facts);
        details.Find(FieldNames.Brand, details.FindBrand);
        details.Find(FieldNames.Category, details.FindCategory);
        details.Find(FieldNames.Image, details.FindImage);
    }

    private void Find(string field, Action find)
    {
        if (facts.Best(field) is not { Confidence: >= Confidence })
        {
            find();
        }
    }

    private void FindBrand()
    {
        for (var order = page.TitleOrder; order < scan.Runs.Count - 1; order++)
        {
            var text = scan.Runs[order].Text.Trim();
            var label = text.TrimEnd(':', '：', ' ', '\u00a0');
            var isLabel = label.Length < text.Length || scan.Runs[order].Parent.LocalName is "th" or "dt";
            if (!isLabel || !BrandLabels.Contains(label) || IsElsewhere(scan.Runs[order].Parent))
            {
                continue;
            }

            var brand = scan.Runs[order + 1].Text.Trim();
            if (brand.Length <= MaxBrandLength)
            {
                facts.Add(FieldNames.Brand, brand, ExtractionSource.Visible, $"text[{order + 1}]", Confidence);
                return;
            }
        }
    }

    /// <summary>From the top, without the home page and the product itself, as in <c>Kitchen &gt; Coffee</c>.</summary>
    private void FindCategory()
    {
        if (scan.Breadcrumbs is not { } range)
        {
            return;
        }

        var crumbs = scan.Runs[range].Where(run => run.Text.Any(char.IsLetterOrDigit)).ToList();
        if (crumbs is [var first, ..] && IsHome(first))
        {
            crumbs.RemoveAt(0);
        }

        if (crumbs is [.., var last] && BreadcrumbNames.IsProduct(last.Text.Trim(), page))
        {
            crumbs.RemoveAt(crumbs.Count - 1);
        }

        if (crumbs.Count is > 0 and <= MaxCrumbs && crumbs.TrueForAll(crumb => crumb.Text.Length <= MaxCrumbLength))
        {
            var category = string.Join(" > ", crumbs.Select(crumb => crumb.Text.Trim()));
            facts.Add(FieldNames.Category, category, ExtractionSource.Visible, $"text[{range.Start}..{range.End}]", Confidence);
        }
    }

    private void FindImage()
    {
        foreach (var (image, order) in scan.Images)
        {
            var address = image.GetAttribute("src") is { Length: > 0 } source && !source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? source : image.GetAttribute("data-src");
            if (!string.IsNullOrWhiteSpace(address) && !IsElsewhere(image) && page.MatchName(image.GetAttribute("alt")) >= MinNameMatch)
            {
                facts.Add(FieldNames.Image, address, ExtractionSource.Visible, $"img before text[{order}]", Confidence);
                return;
            }
        }
    }

    private bool IsElsewhere(PageElement element) => (traits.Of(element) & (Traits.Related | Traits.Review | Traits.Frame | Traits.Hidden)) != 0;

    private static bool IsHome(TextRun crumb) =>
        BreadcrumbNames.IsHome(crumb.Text.Trim()) || crumb.Parent.Closest("a")?.GetAttribute("href")?.Trim() == "/";
}
