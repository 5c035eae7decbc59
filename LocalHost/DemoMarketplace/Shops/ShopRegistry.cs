using Marketline.LocalHost.DemoMarketplace.Faults;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>The shops there are.</summary>
internal static class ShopRegistry
{
    /// <exception cref="ArgumentException">A shop is named that does not exist.</exception>
    public static IReadOnlyList<ShopStyle> Create(DemoMarketplaceOptions options, FaultPlan faults)
    {
        if (options.ScalePageCount > 0)
        {
            return [new SpruceShop()];
        }

        ShopStyle[] all =
        [
            new AlderShop(),
            new BirchShop(),
            new CedarShop(),
            new DuneShop(),
            new ElmShop(),
            new FjordShop(),
            new GroveShop(faults),
            new HazelShop(),
            new IrisShop(),
        ];
        var names = all.Select(style => style.Profile.Name).ToArray();
        if (options.Shops.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no shop '{unknown}'. There are: {string.Join(", ", names)}.",
                nameof(options)
            );
        }

        return [.. all.Where(style => options.Shops.Count == 0 ? style is not ScriptedShop : options.Shops.Contains(style.Profile.Name))];
    }
}
