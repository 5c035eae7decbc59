namespace Marketline.Platforms.Magento;

/// <summary>
/// The GraphQL texts, in the words of the published schema
/// (https://developer.adobe.com/commerce/webapi/graphql/schema/products/queries/products/; magento/magento2:
/// CatalogGraphQl, CatalogUrlRewriteGraphQl, CatalogInventoryGraphQl, ConfigurableProductGraphQl and ReviewGraphQl, etc/schema.graphqls).
/// <c>page_info</c> stands before <c>items</c>, so that whether there is more is known without reading them.
/// </summary>
internal static class MagentoQueryText
{
    private const string Shop = "{storeConfig{base_link_url secure_base_link_url}}";

    private const string Stores = "{storeConfig{base_link_url secure_base_link_url} availableStores{store_code base_link_url secure_base_link_url}}";

    private const string Link = "storeConfig{base_link_url secure_base_link_url locale}";

    private const string Product = "sku name url_key url_suffix stock_status small_image{url} price_range{minimum_price{regular_price{value currency}final_price{value currency}}}";

    private const string Prices = Product + " ...on ConfigurableProduct{variants{attributes{label} product{" + Product + "}}}";

    private const string Products = Prices + " rating_summary review_count short_description{html} categories{name level}";

    private const string Reviews = "sku name url_key url_suffix reviews(pageSize:$reviewSize,currentPage:$reviewPage){page_info{current_page total_pages}items{nickname summary text created_at average_rating}}";

    public static string Of(MagentoQuery query) =>
        query.List switch
        {
            MagentoList.Shop => Shop,
            MagentoList.Stores => Stores,
            MagentoList.Prices => List(query.Filter, "", Prices),
            MagentoList.Reviews => List(query.Filter, ",$reviewPage:Int!,$reviewSize:Int!", Reviews),
            _ => List(query.Filter, "", Products),
        };

    private static string List(MagentoFilter? filter, string variables, string fields)
    {
        // A filter that every product passes: one of 'search' and 'filter' is required (CatalogGraphQl, Model/Resolver/Products.php).
        var (declaration, argument) = filter?.Name switch
        {
            MagentoFilter.Sku => (",$of:[String]", "filter:{sku:{in:$of}}"),
            MagentoFilter.UrlKey => (",$of:String", "filter:{url_key:{eq:$of}}"),
            MagentoFilter.Search => (",$of:String", "search:$of"),
            _ => ("", "filter:{price:{from:\"0\"}}"),
        };
        return $"query($page:Int!,$size:Int!{declaration}{variables}){{{Link} products({argument},pageSize:$size,currentPage:$page,sort:{{name:ASC}}){{total_count page_info{{current_page total_pages}}items{{{fields}}}}}}}";
    }
}
