using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>A page's tree while it is built. What was read from it may be used when it is gone.</summary>
internal sealed class PageDocument(TextSource source) : PageNode, IConstructableDocument, IDisposable
{
    private readonly List<PageElement> _tables = [];

    public NamePool Names { get; } = new();

    public PageElement? Root { get; private set; }

    public int ElementCount { get; private set; }

    public override StringOrMemory NodeName => "#document";

    TextSource IConstructableDocument.Source => source;

    IDisposable? IConstructableDocument.Builder { get; set; }

    QuirksMode IConstructableDocument.QuirksMode { get; set; }

    IConstructableElement? IConstructableDocument.Head => Root?.Children.OfType<PageElement>().FirstOrDefault(child => child.LocalName == "head");

    IConstructableElement IConstructableDocument.DocumentElement => Root!;

    bool IConstructableDocument.IsLoading => false;

    /// <returns>The element's number on the page.</returns>
    public int Count() => ElementCount++;

    public void Opened(PageElement table) => _tables.Add(table);

    /// <summary>
    /// The root; or what stands in a table where it may not, which belongs before the table (HTML, "foster parent"): the parser knows
    /// tables of its own tree only, and gives it to the document.
    /// </summary>
    public override void AddNode(IConstructableNode node)
    {
        if (node is not PageElement element)
        {
            return;
        }

        if (Root is null)
        {
            Root = element;
            return;
        }

        while (_tables.Count > 0 && (_tables[^1].IsClosed || _tables[^1].ParentElement is null))
        {
            _tables.RemoveAt(_tables.Count - 1);
        }

        if (_tables is [.., { ParentElement: { } parent } table])
        {
            parent.InsertNode(parent.Children.IndexOf(table), element);
        }
        else
        {
            Root.AddNode(element);
        }
    }

    public void Dispose() => ((IConstructableDocument)this).Builder?.Dispose();

    void IConstructableDocument.PerformMicrotaskCheckpoint()
    {
    }

    void IConstructableDocument.ProvideStableState()
    {
    }

    void IConstructableDocument.AddComment(ref StructHtmlToken token)
    {
    }

    void IConstructableDocument.TrackError(Exception exception)
    {
    }

    Task IConstructableDocument.WaitForReadyAsync(CancellationToken cancelToken) => Task.CompletedTask;

    Task IConstructableDocument.FinishLoadingAsync() => Task.CompletedTask;

    void IConstructableDocument.ApplyManifest()
    {
    }

    void IConstructableDocument.Clear()
    {
    }
}
