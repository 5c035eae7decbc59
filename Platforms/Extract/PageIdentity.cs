using Marketline.Core.Naming;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>What the page says it is about, by which its main product is told from all others on it.</summary>
internal sealed class PageIdentity
{
    private const double MinTitleMatch = 0.5;
    private const int MinShownTitle = 6;
    private readonly string[] _paths;

    public PageIdentity(PageScan scan, Uri? address)
    {
        Address = address;
        Names = [.. Texts(scan).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal).Take(6)!];
        _paths = [.. new[] { address?.AbsoluteUri, scan.Canonical, scan.Metas.GetValueOrDefault("og:url") }.Select(PathOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        (TitleElement, TitleOrder) = FindTitle(scan);
    }

    public Uri? Address { get; }

    /// <summary>The page's headings and titles, the most telling first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The product's heading, or the element that shows the page's title; null when there is none.</summary>
    public PageElement? TitleElement { get; }

    /// <summary>How many runs stand before the title; 0 when there is none.</summary>
    public int TitleOrder { get; }

    public double MatchName(string? name) => Names.Count == 0 ? 0 : Names.Max(own => NameMatch.Score(own, name));

    public bool IsOwnUrl(string? url) => PathOf(url) is { Length: > 1 } path && _paths.Contains(path, StringComparer.Ordinal);

    private static IEnumerable<string?> Texts(PageScan scan)
    {
        yield return scan.Metas.GetValueOrDefault("og:title");
        foreach (var (element, _) in scan.Headings.Where(heading => heading.Element.LocalName == "h1").Take(3))
        {
            yield return ElementText.Of(element, 300);
        }

        yield return scan.Title;
    }

    private static (PageElement? Element, int Order) FindTitle(PageScan scan)
    {
        string?[] stated = [scan.Metas.GetValueOrDefault("og:title"), scan.Title];
        var best = (Score: 0.0, Heading: ((PageElement?)null, 0));
        foreach (var (element, order) in scan.Headings)
        {
            var text = ElementText.Of(element, 300);
            var match = stated.Max(title => NameMatch.Score(title, text));
            var score = match + (element.LocalName == "h1" ? 0.2 : 0);
            best = match >= MinTitleMatch && score > best.Score ? (score, (element, order)) : best;
        }

        return best.Heading.Item1 is not null ? best.Heading : ShownTitle(scan, stated) ?? scan.Headings.Select(heading => ((PageElement?)heading.Element, heading.Order)).FirstOrDefault();
    }

    /// <summary>A page without a fitting heading often shows its title in another element: the first text that is a good part of it.</summary>
    private static (PageElement?, int)? ShownTitle(PageScan scan, string?[] stated)
    {
        for (var order = 0; order < scan.Runs.Count; order++)
        {
            var text = scan.Runs[order].Text.Trim();
            if (text.Length >= MinShownTitle && stated.Any(title => title is not null && text.Length * 3 >= title.Length && title.Contains(text, StringComparison.OrdinalIgnoreCase)))
            {
                return (scan.Runs[order].Parent, order);
            }
        }

        return null;
    }

    private string? PathOf(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        var isAbsolute = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal);
        var full = isAbsolute ? absolute : Address is not null && Uri.TryCreate(Address, url, out var joined) ? joined : null;
        return full is null || CanonicalUrl.TryCreate(full) is null ? null : full.AbsolutePath.TrimEnd('/').ToLowerInvariant();
    }
}
