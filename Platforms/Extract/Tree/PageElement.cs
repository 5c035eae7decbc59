using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>An element with the attributes that extraction reads; see <see cref="AttributeNames"/>.</summary>
internal class PageElement(PageDocument document, string localName, NodeFlags flags, string? foreignNamespace = null)
    : PageNode,
        IConstructableElement,
        IConstructableFormElement,
        IConstructableFrameElement,
        IConstructableMathElement,
        IConstructableMetaElement,
        IConstructableSvgElement
{
    // The parser asks for it many times an element.
    private readonly StringOrMemory _name = localName;
    private PageNodes? _children;
    private PageAttributes? _attributes;

    /// <summary>From 0, each element of a page another one.</summary>
    public int Number { get; } = document.Count();

    /// <summary>In lower case.</summary>
    public string LocalName => localName;

    public PageNodes Children => _children ?? PageNodes.None;

    public PageAttributes Attributes => _attributes ?? PageAttributes.None;

    public string? Id => GetAttribute("id");

    public string? ClassName => GetAttribute("class");

    /// <summary>Whether its end was reached.</summary>
    public bool IsClosed { get; private set; }

    public override NodeFlags Flags => flags;

    public override StringOrMemory NodeName => _name;

    protected override PageNode? Parent => ParentElement ?? (document.Root == this ? document : (PageNode?)null);

    public override IConstructableNodeList ChildNodes => Children;

    StringOrMemory IConstructableElement.LocalName => _name;

    StringOrMemory IConstructableElement.NamespaceUri => foreignNamespace ?? NamespaceNames.HtmlUri;

    StringOrMemory IConstructableElement.Prefix => default;

    IConstructableNamedNodeMap IConstructableElement.Attributes => Attributes;

    ISourceReference? IConstructableElement.SourceReference { get; set; }

    protected PageDocument Document => document;

    /// <returns>Null when it is absent.</returns>
    public string? GetAttribute(string name) => Attributes.Find(name);

    public bool HasAttribute(string name) => Attributes.Find(name) is not null;

    /// <summary>Whether <paramref name="other"/> is the element or stands within it.</summary>
    public bool Contains(PageElement? other)
    {
        while (other is not null && other != this)
        {
            other = other.ParentElement;
        }

        return other is not null;
    }

    /// <summary>The nearest element of a name, beginning with this one.</summary>
    public PageElement? Closest(string name)
    {
        var element = this;
        while (element is not null && element.LocalName != name)
        {
            element = element.ParentElement;
        }

        return element;
    }

    /// <summary>The first one of an id within, in the page's order; null when there is none.</summary>
    public PageElement? FindById(string id) => Id == id ? this : Children.OfType<PageElement>().Select(child => child.FindById(id)).FirstOrDefault(found => found is not null);

    public override void AddNode(IConstructableNode node) => InsertNode(Children.Count, node);

    public override void InsertNode(int idx, IConstructableNode childNode)
    {
        if (childNode is PageNode node)
        {
            node.RemoveFromParent();
            node.ParentElement = this;
            (_children ??= new PageNodes()).Insert(idx, node);
        }
    }

    public override void RemoveChild(IConstructableNode childNode)
    {
        if (childNode is PageNode node && _children is not null && _children.Remove(node))
        {
            node.ParentElement = null;
        }
    }

    public override void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly = false) => InsertText(Children.Count, text, emitWhiteSpaceOnly);

    public override void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly = false)
    {
        if (idx > 0 && Children[idx - 1] is TextNode before)
        {
            before.Append(text.Memory.Span);
        }
        else
        {
            InsertNode(idx, new TextNode(text.Memory.Span));
        }
    }

    public void SetAttributes(StructAttributes tagAttributes) => _attributes = PageAttributes.Of(tagAttributes, document.Names);

    public void SetOwnAttribute(StringOrMemory name, StringOrMemory value)
    {
        if (!HasAttribute(name.ToString()))
        {
            _attributes = Attributes.With(name.ToString(), value.ToString());
        }
    }

    void IConstructableElement.SetAttribute(string? namespaceUri, StringOrMemory name, StringOrMemory value) => SetOwnAttribute(name, value);

    StringOrMemory IConstructableElement.GetAttribute(StringOrMemory namespaceUri, StringOrMemory localName) => GetAttribute(localName.ToString()) ?? default(StringOrMemory);

    bool IConstructableElement.HasAttribute(StringOrMemory name) => HasAttribute(name.ToString());

    void IConstructableElement.SetupElement() => IsClosed = true;

    void IConstructableElement.AddComment(ref StructHtmlToken token)
    {
    }

    void IConstructableMetaElement.Handle()
    {
    }

    public virtual IConstructableNode ShallowCopy() => new PageElement(document, localName, flags, foreignNamespace) { _attributes = _attributes };
}
