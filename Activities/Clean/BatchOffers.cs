using System.Runtime.InteropServices;
using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Activities.Clean;

/// <summary>A batch's clean offers, one of each object: records that answer for different parts of it become one.</summary>
internal sealed class BatchOffers
{
    private readonly Dictionary<string, Offer> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Offer> All => _byKey.Values;

    /// <summary>Whether there is a record of the object that can not say what one of this scope does.</summary>
    public bool IsCompletedBy(ExtractedObject item) => _byKey.TryGetValue(item.ObjectKey, out var offer) && offer.IsCompletedBy(item.Scope);

    public void Add(Offer offer)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, offer.ObjectKey, out var isThere);
        place = isThere ? OfferHalves.Join(place!, offer) : offer;
    }
}
