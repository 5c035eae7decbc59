using System.Text.Json;
using AngleSharp.Html.Dom;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>A page as overrides look at it; each view of it is made when the first one asks.</summary>
internal sealed class OverridePage(FetchedPage page) : IDisposable
{
    private const int MaxTextLength = 4_000_000;
    private readonly List<JsonDocument> _documents = [];
    private string? _text;
    private IHtmlDocument? _document;
    private IReadOnlyList<JsonElement>? _json;

    /// <summary>As sent, decoded.</summary>
    public string Text => _text ??= Decode();

    /// <summary>Null for what is no HTML.</summary>
    public IHtmlDocument? Document => IsJson ? null : _document ??= HtmlPage.ParseWhole(Text.AsMemory());

    /// <summary>The JSON documents of the page: its body, or its JSON-LD and then the state in its other scripts.</summary>
    public IReadOnlyList<JsonElement> Json => _json ??= ReadJson();

    private bool IsJson => Text.AsSpan().TrimStart() is [('{' or '['), ..];

    public void Dispose()
    {
        _document?.Dispose();
        _documents.ForEach(document => document.Dispose());
    }

    private string Decode()
    {
        using var text = PageDecoder.Decode(page.Body, page.ContentType);
        var whole = text.Memory.Span;
        return whole[..Math.Min(whole.Length, MaxTextLength)].ToString();
    }

    private IReadOnlyList<JsonElement> ReadJson()
    {
        var texts = IsJson ? [Text] : ScriptTexts();
        foreach (var text in texts)
        {
            ScriptJson.Read(text, _documents);
        }

        return [.. _documents.Select(document => document.RootElement)];
    }

    private IEnumerable<string> ScriptTexts()
    {
        using var document = HtmlPage.Parse(Text.AsMemory());
        var scan = PageScanner.Scan(document);
        return scan.JsonLdScripts.Concat(scan.StateScripts.Select(state => state.Text));
    }
}
