using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>
/// A node of a page's tree. AngleSharp's parser builds the tree by its interfaces for that; what they ask and extraction does not
/// need (comments, document types) is answered with nothing.
/// </summary>
internal abstract class PageNode : IConstructableNode
{
    public PageElement? ParentElement { get; set; }

    public abstract StringOrMemory NodeName { get; }

    public virtual NodeFlags Flags => NodeFlags.None;

    IConstructableNode? IConstructableNode.Parent
    {
        get => Parent;
        set => ParentElement = value as PageElement;
    }

    protected virtual PageNode? Parent => ParentElement;

    public virtual IConstructableNodeList ChildNodes => PageNodes.None;

    public void RemoveFromParent() => ParentElement?.RemoveChild(this);

    public virtual void RemoveChild(IConstructableNode childNode)
    {
    }

    public void RemoveNode(int idx, IConstructableNode childNode) => RemoveChild(childNode);

    public virtual void InsertNode(int idx, IConstructableNode childNode)
    {
    }

    public virtual void AddNode(IConstructableNode node)
    {
    }

    public virtual void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly = false)
    {
    }

    public virtual void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly = false)
    {
    }
}
