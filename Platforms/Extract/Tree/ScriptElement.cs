using System.Buffers;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>A script, of which the text is kept where it may say something of products: most of a page's scripts do not.</summary>
internal sealed class ScriptElement(PageDocument document, NodeFlags flags) : PageElement(document, "script", flags), IConstructableScriptElement
{
    private static readonly SearchValues<string> Marks = SearchValues.Create(["price", "sku", "productid", "product_id", "availab"], StringComparison.OrdinalIgnoreCase);

    public bool IsJsonLd => GetAttribute("type")?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Whether it holds anything, kept or not.</summary>
    public bool HasText { get; private set; }

    /// <summary>Null when it was not kept.</summary>
    public string? Text => Children is [TextNode text, ..] ? text.Data : null;

    /// <summary>Whether a text may carry a product's state.</summary>
    public static bool MayBeState(ReadOnlySpan<char> text) => text.ContainsAny(Marks);

    public override void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly = false)
    {
        var span = text.Memory.Span;
        HasText |= !span.IsWhiteSpace();
        if (idx > 0 || IsJsonLd || MayBeState(span))
        {
            base.InsertText(idx, text, emitWhiteSpaceOnly);
        }
    }

    bool IConstructableScriptElement.Prepare(IConstructableDocument document) => false;

    Task IConstructableScriptElement.RunAsync(CancellationToken cancel) => Task.CompletedTask;

    public override IConstructableNode ShallowCopy() => new ScriptElement(Document, Flags);
}
