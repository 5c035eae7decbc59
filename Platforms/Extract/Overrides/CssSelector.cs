using System.Diagnostics;
using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>
/// A CSS selector; of several elements the first with a text counts. With <c>::attr(name)</c> at its end (as Scrapy has it) the
/// attribute's value, else the content of a meta element, the value of an input, or what the element shows.
/// </summary>
internal sealed partial class CssSelector : IFieldSelector
{
    /// <summary>Matching tries the ways up the tree for each of them.</summary>
    private const int MaxCombinators = 5;
    private const int MaxElements = 100_000;
    private const int MaxDepth = 100;
    private const int MaxTextLength = 2_000;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private readonly ISelector _selector;
    private readonly string? _attribute;

    private CssSelector(ISelector selector, string? attribute) => (_selector, _attribute) = (selector, attribute);

    public static CssSelector? TryCreate(string expression, out string? problem)
    {
        var suffix = AttributeSuffix().Match(expression);
        var text = suffix.Success ? expression[..suffix.Index] : expression;
        problem = CostlyPart().IsMatch(text) ? ":has() and :contains() are not supported."
            : Combinator().Count(text.Trim()) > MaxCombinators ? $"At most {MaxCombinators} combinators are expected."
            : null;
        var selector = problem is null ? Parse(text) : null;
        if (selector is null)
        {
            problem ??= "This is no CSS selector.";
            return null;
        }

        return new CssSelector(selector, suffix.Success ? suffix.Groups[1].Value : null);
    }

    public string? Find(OverridePage page)
    {
        if (page.Document is not { DocumentElement: { } root } document)
        {
            return null;
        }

        var started = Stopwatch.GetTimestamp();
        var count = 0;
        foreach (var element in document.Descendants<IElement>())
        {
            if (count++ > MaxElements || Stopwatch.GetElapsedTime(started) > TimeLimit)
            {
                return null;
            }

            if (IsShallow(element) && _selector.Match(element, root) && Text(element) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static ISelector? Parse(string text)
    {
        try
        {
            return new CssSelectorParser().ParseSelector(text);
        }
        catch (DomException)
        {
            return null;
        }
    }

    private static bool IsShallow(IElement element)
    {
        var depth = 0;
        for (var above = element.ParentElement; above is not null; above = above.ParentElement)
        {
            if (++depth > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }

    private string? Text(IElement element) =>
        (
            _attribute is not null ? element.GetAttribute(_attribute)
            : element.LocalName == "meta" ? element.GetAttribute("content")
            : element.LocalName == "input" ? element.GetAttribute("value")
            : Shown(element)
        )?.Trim();

    /// <summary>Read by the same rules as all text: from the tree that they are written for.</summary>
    private static string Shown(IElement element)
    {
        if (element.ChildElementCount == 0)
        {
            var text = element.TextContent;
            return text[..Math.Min(text.Length, MaxTextLength)];
        }

        using var content = HtmlPage.Parse(element.InnerHtml.AsMemory());
        return content.Root is { } root ? ElementText.Of(root, MaxTextLength) : "";
    }

    [GeneratedRegex(@"::attr\(\s*([A-Za-z0-9_:.\-]{1,60})\s*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex AttributeSuffix();

    [GeneratedRegex(@":(has|contains)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CostlyPart();

    [GeneratedRegex(@"\s*[>+~]\s*|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Combinator();
}
