namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>Prices as shops write them: many small ones, a few large ones, endings like ,99 and ,95, or whole tens of yen.</summary>
internal sealed class ItemPricing(int decimals)
{
    private static readonly decimal[] Endings = [0.99m, 0.95m, 0.49m, 0.90m, 0.00m, 0.56m, 0.50m];

    /// <summary>The price after the change <paramref name="changeDay"/> days into the product's life; 0 is the first price.</summary>
    public decimal Price(Draw draw, Category category, int changeDay)
    {
        var factor = 100;
        if (changeDay > 0)
        {
            factor = 76 + draw.Below(43, DrawPurpose.PriceFactor, changeDay);
            factor += factor >= 98 ? 4 : 0;
        }

        return Ended(First(draw, category) * factor / 100m, draw, changeDay);
    }

    /// <summary>A quarter of the products are reduced from a higher price, above anything <see cref="Price"/> reaches.</summary>
    public decimal? ListPrice(Draw draw, Category category) =>
        draw.Percent(25, DrawPurpose.ListPrice)
            ? Ended(First(draw, category) * (135 + draw.Below(30, DrawPurpose.ListPrice, 1)) / 100m, draw, 0)
            : null;

    public decimal Share(decimal price, int percent) =>
        decimals == 0 ? decimal.Floor(price * percent / 1000m) * 10 : decimal.Round(price * percent / 100m, decimals);

    private static decimal First(Draw draw, Category category)
    {
        var u = draw.Below(1000, DrawPurpose.Price) / 1000m;
        return category.MinPrice + decimal.Floor((category.MaxPrice - category.MinPrice) * u * u);
    }

    private decimal Ended(decimal price, Draw draw, int changeDay) =>
        decimals == 0
            ? Math.Max(10, decimal.Floor(price / 100) * 100) + (draw.Below(2, DrawPurpose.PriceEnding, changeDay) * 80)
            : decimal.Floor(price) + draw.Pick(Endings, DrawPurpose.PriceEnding, changeDay);
}
