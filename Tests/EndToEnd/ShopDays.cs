using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.EndToEnd;

/// <summary>What a shop's ground truth says of its offers on one day and of the difference between two.</summary>
internal static class ShopDays
{
    /// <summary>The products that the shop's pages show on a day and that are to be delivered, each once.</summary>
    public static Dictionary<string, TruthProduct> Delivered(DemoMarketplaceServer marketplace, string shop, int day) =>
        marketplace
            .GroundTruth(shop, day)
            .Where(line => line.Expected.Products.State == "delivered")
            .SelectMany(line => line.Products.Where(product => product.IsShown))
            .DistinctBy(product => product.Url)
            .ToDictionary(product => product.Url);

    /// <summary>The products that are there on both days, as they were and as they are, where their price or availability moved.</summary>
    public static List<(TruthProduct Old, TruthProduct New)> Changed(DemoMarketplaceServer marketplace, string shop, int from, int to)
    {
        var before = Delivered(marketplace, shop, from);
        return
        [
            .. Delivered(marketplace, shop, to)
                .Where(now => before.ContainsKey(now.Key))
                .Select(now => (Old: before[now.Key], New: now.Value))
                .Where(pair => (pair.Old.Price, pair.Old.Currency, pair.Old.Availability) != (pair.New.Price, pair.New.Currency, pair.New.Availability)),
        ];
    }
}
