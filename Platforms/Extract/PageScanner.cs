using System.Buffers;
using AngleSharp.Dom;

namespace Marketline.Platforms.Extract;

/// <summary>Walks a page's tree once and sorts what it meets into a <see cref="PageScan"/>.</summary>
internal sealed class PageScanner
{
    private const int MaxStateScriptLength = 3_000_000;
    private const int MaxAttributes = 5_000;
    private const int MaxImages = 500;
    private const int MaxAttributeState = 1_000_000;

    private static readonly SearchValues<string> StateMarks = SearchValues.Create(["price", "sku", "productid", "product_id", "availab"], StringComparison.OrdinalIgnoreCase);

    private readonly PageScan _scan = new();
    private readonly MarkupItemReader _markup;
    private int _scriptCount;
    private int _attributeStateLength;

    private PageScanner() => _markup = new MarkupItemReader(_scan);

    public static PageScan Scan(IDocument document)
    {
        var scanner = new PageScanner();
        if (document.DocumentElement is { } root)
        {
            scanner._scan.Language = Blank(root.GetAttribute("lang") ?? root.GetAttribute("xml:lang"));
            scanner.Visit(root, default, isVisible: true);
            scanner._markup.ReadReferences(document);
        }

        scanner._scan.Language ??= Blank(scanner._scan.Metas.GetValueOrDefault("content-language") ?? scanner._scan.Metas.GetValueOrDefault("og:locale"));
        return scanner._scan;
    }

    /// <remarks>Recursion is safe: the parser bounds the tree's depth.</remarks>
    private void Visit(IElement element, MarkupScope scope, bool isVisible)
    {
        switch (element.LocalName)
        {
            case "script":
                AddScript(element);
                return;
            case "style" or "template" or "svg" or "iframe" or "select":
                return;
            case "noscript":
                isVisible = false;
                break;
            case "title" when _scan.Title is null:
                _scan.Title = Blank(element.TextContent);
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
        var children = element.ChildNodes;
        for (var i = 0; i < children.Length; i++)
        {
            switch (children[i])
            {
                case IElement child:
                    Visit(child, scope, isVisible);
                    break;
                case IText text when isVisible && !string.IsNullOrWhiteSpace(text.Data):
                    _scan.Runs.Add(new TextRun(text.Data, element));
                    break;
            }
        }

        if (_scan.Breadcrumbs is null && IsBreadcrumbs(element))
        {
            _scan.Breadcrumbs = firstRun.._scan.Runs.Count;
        }
    }

    private static bool IsBreadcrumbs(IElement element) =>
        element.LocalName is not ("body" or "html" or "main" or "a" or "li" or "span")
        && (Mentions(element.ClassName) || Mentions(element.Id) || Mentions(element.GetAttribute("aria-label")));

    private static bool Mentions(string? names) => names?.Contains("crumb", StringComparison.OrdinalIgnoreCase) ?? false;

    private MarkupScope ReadAttributes(IElement element, MarkupScope scope)
    {
        var attributes = element.Attributes;
        var isMarkup = false;
        for (var i = 0; i < attributes.Length; i++)
        {
            var attribute = attributes[i]!;
            var name = attribute.LocalName;
            switch (name)
            {
                case "itemprop" or "itemscope" or "typeof" or "property" or "vocab":
                    isMarkup = true;
                    break;
                case "data-sku" or "data-product-id" or "data-productid" or "data-product-sku" or "data-item-id" or "data-itemid" or "data-pid" or "data-asin" or "data-code" or "data-product-code" or "data-id-product":
                    AddAttribute(name, attribute.Value);
                    break;
                case ['d', 'a', 't', 'a', '-', ..] when attribute.Value is [('{' or '['), _, _, ..]:
                    AddState(element, name, attribute.Value);
                    break;
                case "href" when element.LocalName == "a" && (attribute.Value is "#" or "" || attribute.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)):
                    _scan.Buttons.Add((element, _scan.Runs.Count));
                    break;
                case "role" when attribute.Value == "button" && element.LocalName != "button":
                    _scan.Buttons.Add((element, _scan.Runs.Count));
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

    private void AddScript(IElement element)
    {
        if (element.ChildNodes is not { Length: > 0 } children || children[0] is not IText { Data: var text } || string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (element.GetAttribute("type")?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) ?? false)
        {
            _scan.JsonLdScripts.Add(text);
        }
        else if (text.Length <= MaxStateScriptLength && text.AsSpan().ContainsAny(StateMarks))
        {
            var name = element.Id is { Length: > 0 and < 60 } id ? $"script#{id}" : $"script[{_scriptCount}]";
            _scan.StateScripts.Add(new StateText(text, name));
        }

        _scriptCount++;
    }

    /// <summary>Attributes in which pages give JSON to their scripts: <c>data-product</c>, <c>data-page</c>, <c>data-props</c>, …</summary>
    private void AddState(IElement element, string name, string json)
    {
        _attributeStateLength += json.Length;
        if (_attributeStateLength <= MaxAttributeState && json.AsSpan().ContainsAny(StateMarks))
        {
            _scan.StateScripts.Add(new StateText(json, $"{element.LocalName}[{name}]"));
        }
    }

    private void AddMeta(IElement element)
    {
        var name = element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("http-equiv");
        if (!string.IsNullOrWhiteSpace(name) && Blank(element.GetAttribute("content")) is { } content)
        {
            _scan.Metas.TryAdd(name.Trim(), content);
        }
    }

    private void AddLink(IElement element)
    {
        if (_scan.Canonical is null && "canonical".Equals(element.GetAttribute("rel"), StringComparison.OrdinalIgnoreCase))
        {
            _scan.Canonical = Blank(element.GetAttribute("href"));
        }
    }

    private void AddInput(IElement element)
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
