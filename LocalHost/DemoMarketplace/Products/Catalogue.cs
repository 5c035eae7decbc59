using System.Globalization;

namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>
/// All products of one shop on all days, as a pure function of (seed, shop, index, day). Nothing is stored; a product costs
/// the same whether the shop has ten or ten million.
/// </summary>
internal sealed class Catalogue(string shop, int seed, int productCount, CatalogueRules rules)
{
    private const int FirstId = 100_000;
    private const int PriceChangePercent = 15;

    /// <summary>About 5 % of the products really change: many draws give what was there before.</summary>
    private const int AvailabilityChangePercent = 8;
    private const int LifetimeDays = 100;
    private const int StaleListingDays = 3;

    private readonly Draw _draw = Draw.For(seed, shop);
    private readonly ItemPricing _pricing = new(rules.PriceDecimals);
    private readonly ItemReviewing _reviewing = new(rules.Vocabulary);

    public IReadOnlyList<Category> Categories => rules.Vocabulary.Categories;

    private int NewPerDay => rules.IsChanging ? Math.Max(1, productCount / LifetimeDays) : 0;

    /// <summary>Indices below this one have been in the shop by that day.</summary>
    public int Count(int day) => productCount + (day * NewPerDay);

    public static int? IndexOf(int id) => id >= FirstId ? id - FirstId : null;

    public ItemStatus Status(int index, int day)
    {
        var firstDay = FirstDay(index);
        if (index < 0 || day < firstDay)
        {
            return ItemStatus.Unknown;
        }

        if (!rules.IsChanging)
        {
            return ItemStatus.Live;
        }

        var goneDay = firstDay + 1 + _draw.Item(index).Below(LifetimeDays, DrawPurpose.Lifetime);
        return day < goneDay ? ItemStatus.Live
            : day < goneDay + StaleListingDays ? ItemStatus.GoneButListed
            : ItemStatus.Gone;
    }

    /// <summary>404 or 410, whichever this product's vanishing is answered with.</summary>
    public int GoneStatusCode(int index) => _draw.Item(index).Percent(50, DrawPurpose.GoneStatus) ? 404 : 410;

    public Item Item(int index, int day)
    {
        var draw = _draw.Item(index);
        var item = Described(draw, index);
        var firstDay = FirstDay(index);
        var priceDay = ChangeDay(draw, DrawPurpose.PriceChange, PriceChangePercent, firstDay, day);
        var stockDay = ChangeDay(draw, DrawPurpose.AvailabilityChange, AvailabilityChangePercent, firstDay, day);
        var price = _pricing.Price(draw, item.Category, priceDay - firstDay);
        var listPrice = _pricing.ListPrice(draw, item.Category);
        var variants = Variants(draw, item, price, listPrice);
        var reviews = rules.HasReviews ? _reviewing.Reviews(draw, item.Id, firstDay, day) : ItemReviewing.None;

        return item with
        {
            Price = price,
            ListPrice = listPrice,
            SecondHandPrice = draw.Percent(rules.SecondHandPercent, DrawPurpose.SecondHand)
                ? _pricing.Share(price, 62)
                : null,
            Availability = variants is [var shown, ..]
                ? shown.Availability
                : draw.Pick(rules.Availabilities, DrawPurpose.Availability, stockDay - firstDay),
            RatingValue = reviews.RatingValue,
            ReviewCount = reviews.Count,
            Reviews = reviews.Shown,
            Variants = variants,
            ChangedOn = ShopCalendar.Date(Math.Max(priceDay, stockDay)),
        };
    }

    /// <summary>The category's products by page, in a fixed order, without those that are gone.</summary>
    public IEnumerable<Item> ListedItems(int category, int page, int pageSize, int day)
    {
        for (var k = (page - 1) * pageSize; k < page * pageSize; k++)
        {
            var index = (k * Categories.Count) + category;
            if (index < Count(day) && Status(index, day) == ItemStatus.Live)
            {
                yield return Item(index, day);
            }
        }
    }

    public int ListingPageCount(int category, int pageSize, int day)
    {
        var items = (Count(day) - category + Categories.Count - 1) / Categories.Count;
        return Math.Max(1, (items + pageSize - 1) / pageSize);
    }

    /// <summary>
    /// The last day of a change, found by walking back: a change is likely enough for the walk to be a few steps however late
    /// the day.
    /// </summary>
    private static int ChangeDay(Draw draw, DrawPurpose purpose, int percent, int firstDay, int day)
    {
        for (var d = day; d > firstDay; d--)
        {
            if (draw.Percent(percent, purpose, d))
            {
                return d;
            }
        }

        return firstDay;
    }

    /// <summary>What never changes about a product.</summary>
    private Item Described(Draw draw, int index)
    {
        var words = rules.Vocabulary;
        var category = Categories[index % Categories.Count];
        var brand = draw.Pick(words.Brands, DrawPurpose.Brand);
        var noun = draw.Pick(category.Nouns, DrawPurpose.Noun);
        var model = Model(draw);
        var name = $"{brand} {noun} {draw.Pick(words.Series, DrawPurpose.Series)} {model}";
        var gtin = draw.Percent(90, DrawPurpose.Gtin)
            ? Gtin.Create(rules.GtinPrefix, GtinNumber(index), rules.GtinLength)
            : null;
        var hasWrongGtin = gtin is not null && draw.Percent(4, DrawPurpose.GtinDefect);

        return new Item
        {
            Index = index,
            Id = FirstId + index,
            Name = name,
            Slug = Products.Slug.Of(name),
            Description = Description(draw),
            Category = category,
            CategoryText = category.Path,
            Brand = brand,
            Sku = $"{rules.SkuPrefix}-{FirstId + index}",
            Mpn = draw.Percent(70, DrawPurpose.Mpn) ? $"{model}-{index % 97:00}" : null,
            Gtin = hasWrongGtin ? Gtin.WithWrongCheckDigit(gtin!) : gtin,
            IsGtinValid = !hasWrongGtin,
            Condition = Condition(draw),
            Seller = draw.Percent(12, DrawPurpose.Seller) ? words.OtherSeller : rules.ShopTitle,
        };
    }

    private static string Model(Draw draw)
    {
        var number = draw.Below(900, DrawPurpose.Model) + 100;
        var letter = (char)('A' + draw.Below(24, DrawPurpose.Model, 1));
        return string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
    }

    private int FirstDay(int index) =>
        index < productCount ? 0
        : NewPerDay == 0 ? int.MaxValue
        : 1 + ((index - productCount) / NewPerDay);

    private static int GtinNumber(int index) => 1_000_003 + (index * 17);

    private string Description(Draw draw)
    {
        var sentences = rules.Vocabulary.DescriptionSentences;
        var first = draw.Below(sentences.Count, DrawPurpose.Description);
        return string.Join(' ', Enumerable.Range(0, 3).Select(i => sentences[(first + i) % sentences.Count]));
    }

    private string Condition(Draw draw) =>
        !draw.Percent(rules.UsedPercent, DrawPurpose.Condition) ? "New"
        : draw.Percent(50, DrawPurpose.Condition, 1) ? "Used"
        : "Refurbished";

    private IReadOnlyList<ItemVariant> Variants(Draw draw, Item item, decimal price, decimal? listPrice)
    {
        var values = rules.Vocabulary.VariantValues;
        if (!draw.Percent(rules.VariantPercent, DrawPurpose.VariantCount))
        {
            return [];
        }

        var count = 2 + draw.Below(values.Count - 1, DrawPurpose.VariantCount, 1);
        return [.. Enumerable.Range(1, count).Select(Variant)];

        ItemVariant Variant(int number)
        {
            var percent = 100 + (15 * (number - 1));
            return new ItemVariant(
                number,
                values[number - 1],
                $"{item.Sku}-{number}",
                Gtin.Create(rules.GtinPrefix, 500_000_003 + (item.Index * 17) + number, rules.GtinLength),
                number == 1 ? price : _pricing.Share(price, percent),
                number == 1 ? listPrice
                    : listPrice is { } list ? _pricing.Share(list, percent)
                    : null,
                draw.Pick(Products.Availabilities.YesOrNo, DrawPurpose.VariantAvailability, number)
            );
        }
    }
}
