using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Core.Crawl;

/// <summary>What a page gives of what a run collects.</summary>
/// <param name="HasObjects">Anything at all.</param>
/// <param name="Missing">What none of its offers has. One that is gone needs no price.</param>
public readonly record struct PageYield(bool HasObjects, OfferParts Missing)
{
    public static PageYield Of(ExtractionResult found)
    {
        var parts = OfferParts.None;
        foreach (var item in found.Objects)
        {
            parts |= PartsOf(item);
        }

        return new PageYield(found.Objects.Count > 0, OfferParts.All & ~parts);
    }

    private static OfferParts PartsOf(ExtractedObject offer)
    {
        var availability = offer.Text(FieldNames.Availability);
        var needsNoPrice = offer.Text(FieldNames.Price) is not null || (availability is not null && AvailabilityText.IsGone(AvailabilityText.Parse(availability)));
        return (needsNoPrice ? OfferParts.Price : OfferParts.None) | (availability is null ? OfferParts.None : OfferParts.Availability);
    }
}
