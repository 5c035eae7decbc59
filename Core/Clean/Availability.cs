using System.Text.Json.Serialization;

namespace Marketline.Core.Clean;

/// <summary>schema.org's ItemAvailability (https://schema.org/ItemAvailability), by its own names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Availability>))]
public enum Availability
{
    BackOrder,
    Discontinued,
    InStock,
    InStoreOnly,
    LimitedAvailability,
    MadeToOrder,
    OnlineOnly,
    OutOfStock,
    PreOrder,
    PreSale,
    Reserved,
    SoldOut,
}
