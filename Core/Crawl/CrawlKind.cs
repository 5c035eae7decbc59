using System.Text.Json.Serialization;

namespace Marketline.Core.Crawl;

/// <summary>What a plan collects. The member's name in lower case is the <c>kind</c> of blob names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CrawlKind>))]
public enum CrawlKind
{
    /// <summary>Offers with everything the platform tells about the product.</summary>
    Products,

    /// <summary>Offers, where only price, currency and availability matter: one without a price is quarantined.</summary>
    Prices,

    /// <summary>Customer reviews; authors are pseudonymised.</summary>
    Reviews,
}
