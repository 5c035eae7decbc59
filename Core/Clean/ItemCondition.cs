using System.Text.Json.Serialization;

namespace Marketline.Core.Clean;

/// <summary>schema.org's OfferItemCondition (https://schema.org/OfferItemCondition) without the suffix.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemCondition>))]
public enum ItemCondition
{
    New,
    Used,
    Refurbished,
    Damaged,
}
