using System.Text.Json.Serialization;

namespace Marketline.Core.Crawl;

/// <summary>What an offer is crawled for, and shops like to fill in by script.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<OfferParts>))]
public enum OfferParts
{
    None = 0,
    Price = 1,
    Availability = 2,
    All = Price | Availability,
}
