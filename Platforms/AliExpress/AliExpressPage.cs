using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// AliExpress's pages by the state that their scripts carry: <c>window.runParams</c> of product pages, <c>_dida_config_</c> of pages of
/// results, <c>__INIT_DATA__</c> of either. It is no published format; a page without it is read as any shop's.
/// </summary>
internal static class AliExpressPage
{
    public static ExtractionResult Read(FetchedPage page, Uri address) =>
        ReadState(page, data => AliExpressPageOffers.Read(data, address)) ?? Keyed(ProductPageReader.Read(page), address);

    /// <summary>The product pages that a page of results names, and the page after it.</summary>
    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address) => IsSearch(address) ? ReadState(page, data => Results(data, address)) ?? [] : [];

    /// <summary><c>/w/wholesale-wireless-earbuds.html</c></summary>
    public static CrawlTarget OfSearch(Uri site, string words)
    {
        var name = string.Join('-', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new CrawlTarget(CanonicalUrl.Of(new Uri(site, $"/w/wholesale-{Uri.EscapeDataString(name)}.html").AbsoluteUri));
    }

    /// <summary>The product stays the same whatever its page could be read by.</summary>
    private static ExtractionResult Keyed(ExtractionResult result, Uri address) =>
        result.Objects is [var offer] && AliExpressItem.TryParse(address) is { } id ? result with { Objects = [offer with { ObjectKey = AliExpressItem.Key(address.Authority, id) }] } : result;

    private static bool IsSearch(Uri address) => address.AbsolutePath.StartsWith("/w/", StringComparison.Ordinal);

    private static T? ReadState<T>(FetchedPage page, Func<JsonSpot, T?> read)
        where T : class
    {
        var html = JsonText.Utf8Of(page);
        var states = ScriptState
            .ObjectsBehind(html, "window.runParams"u8)
            .Concat(ScriptState.ObjectsBehind(html, "_dida_config_._init_data_"u8))
            .Concat(ScriptState.ObjectsBehind(html, "__INIT_DATA__"u8));
        return states.Select(state => ReadObject(state, read)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Some are written as script rather than as JSON: <c>{ data: {"…":…}, csrfToken: '…' }</c>. What counts stands under the bare name.</summary>
    private static T? ReadObject<T>(ReadOnlyMemory<byte> state, Func<JsonSpot, T?> read)
        where T : class =>
        JsonText.TryRead(state, root => read(Data(root)))
        ?? ScriptState.ObjectsBehind(state[1..], "data:"u8).Select(data => JsonText.TryRead(data, root => read(Data(root)))).FirstOrDefault(found => found is not null);

    /// <summary>Down through covers: <c>data</c>, and <c>root.fields</c> of pages of results.</summary>
    private static JsonSpot Data(JsonSpot root)
    {
        var data = root;
        for (var depth = 0; depth < 3 && data["data"].Exists; depth++)
        {
            data = data["data"];
        }

        return data["root"]["fields"] is { Exists: true } fields ? fields : data;
    }

    private static List<CrawlTarget>? Results(JsonSpot data, Uri address)
    {
        var content = data["mods"]["itemList"]["content"];
        var products = content.IsArray ? content.Items() : content.Members();
        var ids = products.Select(product => AliExpressItem.TryParse(product["productId"].Text)).OfType<string>().Distinct(StringComparer.Ordinal);
        var targets = ids.Select(id => new CrawlTarget(AliExpressItem.PageOf(address, id))).ToList();
        if (targets.Count == 0)
        {
            return null;
        }

        var pages = data["pageInfo"];
        if ((long)PageNumber(address) * (pages["pageSize"].Number ?? targets.Count) < (pages["totalResults"].Number ?? 0))
        {
            targets.Add(NextPage(address));
        }

        return targets;
    }

    private static int PageNumber(Uri address) =>
        int.TryParse(QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000 ? page : 1;

    private static CrawlTarget NextPage(Uri address) =>
        new(CanonicalUrl.Of(string.Create(CultureInfo.InvariantCulture, $"{address.GetLeftPart(UriPartial.Path)}?page={PageNumber(address) + 1}")));
}
