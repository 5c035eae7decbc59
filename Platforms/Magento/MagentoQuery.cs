using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Magento;

/// <summary>
/// One query of a shop's GraphQL endpoint. What identifies it is written into the query of the target's address (kind of list, page,
/// filter, store view), from which the GraphQL text is made again whenever it is needed. It is sent by GET, as Magento allows for
/// queries (https://developer.adobe.com/commerce/webapi/graphql/usage/#get-requests), so that the shop's cache can answer it.
/// </summary>
internal sealed record MagentoQuery(Uri Endpoint, MagentoList List)
{
    /// <summary>Products of one answer; configurable ones bring all their variants with them.</summary>
    public const int PageSize = 50;

    /// <summary>Shops that limit the size of a page allow at least as many reviews.</summary>
    public const int ReviewPageSize = 20;

    private const int MaxPage = 100_000;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Page { get; init; } = 1;

    /// <summary>Of the reviews within each product.</summary>
    public int ReviewPage { get; init; } = 1;

    /// <summary>SKUs, a URL key or a search; none for all products.</summary>
    public MagentoFilter? Filter { get; init; }

    /// <summary>The code of a store view, sent as the header <c>Store</c>; null for the shop's default one.</summary>
    public string? Store { get; init; }

    /// <returns>Null when <paramref name="url"/> is none of <see cref="ToTarget"/>'s addresses.</returns>
    public static MagentoQuery? TryParse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        return query.GetValueOrDefault("list") is [{ } name, ..] && Enum.TryParse<MagentoList>(name, ignoreCase: true, out var list) && Enum.IsDefined(list)
            ? new MagentoQuery(new Uri(address.GetLeftPart(UriPartial.Path)), list)
            {
                Page = Number(query.GetValueOrDefault("page")),
                ReviewPage = Number(query.GetValueOrDefault("reviews")),
                Filter = MagentoFilter.TryRead(query),
                Store = query.GetValueOrDefault("store") is [{ } store, ..] && IsStoreCode(store) ? store : null,
            }
            : null;
    }

    public CrawlTarget ToTarget()
    {
        var identity = $"{Endpoint.GetLeftPart(UriPartial.Path)}?list={List.ToString().ToLowerInvariant()}{Number("page", Page)}{Number("reviews", ReviewPage)}{Part("store", Store)}{Part(Filter?.Name, Filter?.Value)}";
        var request = $"{Endpoint.GetLeftPart(UriPartial.Path)}?query={Uri.EscapeDataString(MagentoQueryText.Of(this))}&variables={Uri.EscapeDataString(Variables())}";
        return new CrawlTarget(CanonicalUrl.Of(identity), request)
        {
            Call = Store is null ? null : new ApiCall { IsPublic = true, Headers = new Dictionary<string, string> { ["Store"] = Store } },
        };
    }

    /// <summary>It becomes a header: letters, digits and underscores, as Magento demands of a code.</summary>
    public static bool IsStoreCode(string code) => code.Length is > 0 and <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private string Variables()
    {
        var variables = new SortedDictionary<string, object>(StringComparer.Ordinal);
        if (List is not (MagentoList.Shop or MagentoList.Stores))
        {
            variables["page"] = Page;
            variables["size"] = PageSize;
        }

        if (List == MagentoList.Reviews)
        {
            variables["reviewPage"] = ReviewPage;
            variables["reviewSize"] = ReviewPageSize;
        }

        if (Filter is not null)
        {
            variables["of"] = Filter.Variable;
        }

        return JsonSerializer.Serialize(variables, Compact);
    }

    private static string Number(string name, int value) => value == 1 && name != "page" ? "" : string.Create(CultureInfo.InvariantCulture, $"&{name}={value}");

    private static string Part(string? name, string? value) => name is null || value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= MaxPage ? value : 1;
}
