namespace Marketline.Platforms.Extract;

/// <summary>A product's offers as a flat list, aggregates opened.</summary>
internal static class StructuredOffers
{
    private const int MaxOffers = 500;

    public static List<StructuredItem> Of(MainProduct product)
    {
        var offers = new List<StructuredItem>();
        foreach (var item in product.Variants.Prepend(product.Item))
        {
            Collect(item, offers, 0);
        }

        return offers;
    }

    private static void Collect(StructuredItem owner, List<StructuredItem> offers, int depth)
    {
        foreach (var property in (ReadOnlySpan<string>)["offers", "offer"])
        {
            foreach (var value in owner[property])
            {
                if (value.Item is not { } offer || depth > 3 || offers.Count >= MaxOffers || offers.Contains(offer))
                {
                    continue;
                }

                offers.Add(offer);
                Collect(offer, offers, depth + 1);
            }
        }
    }
}
