using Marketline.Platforms.AliExpress;
using Marketline.Platforms.Amazon;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Ebay;
using Marketline.Platforms.Extract;
using Marketline.Platforms.GenericShop;
using Marketline.Platforms.GoogleMerchant;
using Marketline.Platforms.Magento;
using Marketline.Platforms.Shopify;
using Marketline.Platforms.Walmart;
using Marketline.Platforms.WooCommerce;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Platforms;

public static class PlatformRegistration
{
    /// <summary>The crawler and every platform's connector: a new platform is one line here.</summary>
    public static IServiceCollection AddPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCrawl(configuration);
        services.AddSingleton<LargePages>();
        services.AddSingleton<PlatformConnectors>();
        services.AddSingleton<IPlatformConnector, AliExpressConnector>();
        services.AddSingleton<IPlatformConnector, AmazonConnector>();
        services.AddSingleton<IPlatformConnector, EbayConnector>();
        services.AddSingleton<IPlatformConnector, GenericShopConnector>();
        services.AddSingleton<IPlatformConnector, GoogleMerchantConnector>();
        services.AddSingleton<IPlatformConnector, MagentoConnector>();
        services.AddSingleton<IPlatformConnector, ShopifyConnector>();
        services.AddSingleton<IPlatformConnector, WalmartConnector>();
        services.AddSingleton<IPlatformConnector, WooCommerceConnector>();
        return services;
    }
}
