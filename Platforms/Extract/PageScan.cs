using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>What one walk over a page's tree has found; everything else reads from here.</summary>
internal sealed class PageScan
{
    /// <summary>BCP 47, from the html element's lang or a content-language meta.</summary>
    public string? Language { get; set; }

    /// <summary>More than any element's number.</summary>
    public int ElementCount { get; set; }

    public string? Title { get; set; }

    public string? Canonical { get; set; }

    /// <summary>meta elements by name or property, in lower case; of several, the first.</summary>
    public Dictionary<string, string> Metas { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<string> JsonLdScripts { get; } = [];

    /// <summary>Other inline scripts, and attributes with JSON, that may carry the page's state.</summary>
    public List<StateText> StateScripts { get; } = [];

    /// <summary>Top-level microdata and RDFa items.</summary>
    public List<StructuredItem> MarkupItems { get; } = [];

    public List<TextRun> Runs { get; } = [];

    /// <summary>h1 elements and elements that microdata calls a name, with the number of runs before each.</summary>
    public List<(PageElement Element, int Order)> Headings { get; } = [];

    /// <summary>Buttons, submit inputs and links dressed as buttons, with the number of runs before each.</summary>
    public List<(PageElement Element, int Order)> Buttons { get; } = [];

    /// <summary>Pictures with an address, with the number of runs before each.</summary>
    public List<(PageElement Element, int Order)> Images { get; } = [];

    /// <summary>The runs of what a class, an id or a label calls breadcrumbs; of several, the first.</summary>
    public Range? Breadcrumbs { get; set; }

    /// <summary>Identifiers in attributes and hidden inputs: name and value, in the page's order.</summary>
    public List<(string Name, string Value)> Attributes { get; } = [];
}
