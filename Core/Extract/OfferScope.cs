using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>
/// What a source of an offer answers for. A field of it that is missing says that the offer has none (any more); one beyond it, that the
/// source does not know.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<OfferScope>))]
public enum OfferScope
{
    /// <summary>All of it, as a product's page does.</summary>
    Whole,

    /// <summary>What it is: name, identifiers, brand, category, pictures, rating.</summary>
    Product,

    /// <summary>How it is sold: price, shipping, availability, condition, seller.</summary>
    Price,
}
