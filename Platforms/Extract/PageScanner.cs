using System.Buffers;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>Walks a page's tree once and sorts what it meets into a <see cref="PageScan"/>.</summary>
internal sealed class PageScanner
{
    private const int MaxStateScriptLength = 3_000_000;
    private const int MaxAttributes = 5_000;
    private const int MaxImages = 500;
    private const int MaxAttributeState = 1_000_000;

    private static readonly SearchValues<string> Crumb = SearchValues.Create(["crumb"], StringComparison.OrdinalIgnoreCase);

    private readonly PageScan _scan = new();
    private readonly MarkupItemReader _markup;
    private int _scriptCount;
    private int _attributeStateLength;

    private PageScanner() => _markup = new MarkupItemReader(_scan);

    public static PageScan Scan(PageDocument document)
    {
        var scanner = new PageScanner { _scan = { ElementCount = document.ElementCount } };
        if (document.Root is { } root)
        {
            scanner._scan.Language = Blank(root.GetAttribute("lang") ?? root.GetAttribute("xml:lang"));
            scanner.Visit(root, default, isVisible: true);
            scanner._markup.ReadReferences(root);
        }

        scanner._scan.Language ??= Blank(scanner._scan.Metas.GetValueOrDefault("content-language") ?? scanner._scan.Metas.GetValueOrDefault("og:locale"));
        return scanner._scan;
    }

    /// <remarks>Recursion is safe: the parser bounds the tree's depth.</remarks>
    private void Visit(PageElement element, MarkupScope scope, bool isVisible)
    {
        switch (element.LocalName)
        {
            case "script":
                if (element is ScriptElement script)
                {
                    AddScript(script);
                }

                return;
            case "style" or "template" or "svg" or "iframe" or "select":
                return;
            case "noscript":
                isVisible = false;
                break;
            case "title" when _scan.Title is null:
                _scan.Title = Blank(string.Concat(element.Children.OfType<TextNode>().Select(text => text.Data)));
                return;
            case "meta":
                AddMeta(element);
                break;
            case "link":
                AddLink(element);
                break;
            case "h1":
                _scan.Headings.Add((element, _scan.Runs.Count));
                break;
            case "button":
                _scan.Buttons.Add((element, _scan.Runs.Count));
                break;
            case "input":
                AddInput(element);
                break;
            case "img" when _scan.Images.Count < MaxImages:
                _scan.Images.Add((element, _scan.Runs.Count));
                break;
        }

        scope = ReadAttributes(element, scope);
        var firstRun = _scan.Runs.Count;
        foreach (var node in element.Children)
        {
            switch (node)
            {
                case PageElement child:
                    Visit(child, scope, isVisible);
                    break;
                case TextNode text when isVisible && !string.IsNullOrWhiteSpace(text.Data):
                    _scan.Runs.Add(new TextRun(text.Data, element));
                    break;
            }
        }

        if (_scan.Breadcrumbs is null && IsBreadcrumbs(element))
        {
            _scan.Breadcrumbs = firstRun.._scan.Runs.Count;
        }
    }

    private static bool IsBreadcrumbs(PageElement element) =>
        element.LocalName is not ("body" or "html" or "main" or "a" or "li" or "span")
        && (Mentions(element.ClassName) || Mentions(element.Id) || Mentions(element.GetAttribute("aria-label")));

    private static bool Mentions(string? names) => names.AsSpan().ContainsAny(Crumb);

    private MarkupScope ReadAttributes(PageElement element, MarkupScope scope)
    {
        var isMarkup = false;
        foreach (var (name, value) in element.Attributes.All)
        {
            switch (name)
            {
                case "itemprop" or "itemscope" or "typeof" or "property" or "vocab":
                    isMarkup = true;
                    break;

                case "href" when element.LocalName == "a" && (value is "#" or "" || value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)):
                    _scan.Buttons.Add((element, _scan.Runs.Count));
                    break;
                case "role" when value == "button" && element.LocalName != "button":
                    _scan.Buttons.Add((element, _scan.Runs.Count));
                    break;
                case ['d', 'a', 't', 'a', '-', ..] when AttributeNames.IsNumber(name):
                    AddAttribute(name, value);
                    break;
                case ['d', 'a', 't', 'a', '-', ..] when AttributeNames.IsJson(name, value):
                    AddState(element, name, value);
                    break;
            }
        }

        if (!isMarkup)
        {
            return scope;
        }

        if (element.GetAttribute("itemprop") == "name" && element.LocalName != "meta")
        {
            _scan.Headings.Add((element, _scan.Runs.Count));
        }

        return _markup.Read(element, scope);
    }

    private void AddScript(ScriptElement script)
    {
        if (!script.HasText)
        {
            return;
        }

        if (script is { IsJsonLd: true, Text: { } json })
        {
            _scan.JsonLdScripts.Add(json);
        }
        else if (script.Text is { Length: <= MaxStateScriptLength } text)
        {
            var name = script.Id is { Length: > 0 and < 60 } id ? $"script#{id}" : $"script[{_scriptCount}]";
            _scan.StateScripts.Add(new StateText(text, name));
        }

        _scriptCount++;
    }

    /// <summary>Attributes in which pages give JSON to their scripts: <c>data-product</c>, <c>data-page</c>, <c>data-props</c>, …</summary>
    private void AddState(PageElement element, string name, string json)
    {
        _attributeStateLength += json.Length;
        if (_attributeStateLength <= MaxAttributeState && ScriptElement.MayBeState(json))
        {
            _scan.StateScripts.Add(new StateText(json, $"{element.LocalName}[{name}]"));
        }
    }

    private void AddMeta(PageElement element)
    {
        var name = element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("http-equiv");
        if (!string.IsNullOrWhiteSpace(name) && Blank(element.GetAttribute("content")) is { } content)
        {
            _scan.Metas.TryAdd(name.Trim(), content);
        }
    }

    private void AddLink(PageElement element)
    {
        if (_scan.Canonical is null && "canonical".Equals(element.GetAttribute("rel"), StringComparison.OrdinalIgnoreCase))
        {
            _scan.Canonical = Blank(element.GetAttribute("href"));
        }
    }

    private void AddInput(PageElement element)
    {
        var type = element.GetAttribute("type");
        if (type is "submit" or "button" or "image")
        {
            _scan.Buttons.Add((element, _scan.Runs.Count));
        }
        else if (type == "hidden" && (element.GetAttribute("name") ?? element.Id) is { } name)
        {
            AddAttribute(name, element.GetAttribute("value") ?? "");
        }
    }

    private void AddAttribute(string name, string value)
    {
        if (value.Length is > 0 and <= 60 && _scan.Attributes.Count < MaxAttributes)
        {
            _scan.Attributes.Add((name, value));
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
