using AngleSharp.Html.Construction;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>An element's children.</summary>
internal sealed class PageNodes : List<PageNode>, IConstructableNodeList
{
    public static readonly PageNodes None = [];

    int IConstructableNodeList.Length => Count;

    IConstructableNode IConstructableNodeList.this[int index] => this[index];

    IEnumerator<IConstructableNode> IEnumerable<IConstructableNode>.GetEnumerator() => GetEnumerator();
}
