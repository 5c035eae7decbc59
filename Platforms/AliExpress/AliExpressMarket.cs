using System.Globalization;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// What a site of AliExpress shows: language, currency and country of delivery. An API call carries them, so that its answer tells which
/// site it speaks of. Only languages and currencies that the API knows
/// (https://openservice.aliexpress.com/doc/api.htm, aliexpress.affiliate.product.query).
/// </summary>
internal sealed record AliExpressMarket(string Host, string Language, string Currency, string Country)
{
    public static readonly AliExpressMarket Global = new("www.aliexpress.com", "EN", "USD", "US");

    private static readonly AliExpressMarket[] Regional =
    [
        new("de.aliexpress.com", "DE", "EUR", "DE"),
        new("es.aliexpress.com", "ES", "EUR", "ES"),
        new("fr.aliexpress.com", "FR", "EUR", "FR"),
        new("it.aliexpress.com", "IT", "EUR", "IT"),
        new("nl.aliexpress.com", "NL", "EUR", "NL"),
        new("pt.aliexpress.com", "PT", "BRL", "BR"),
        new("ru.aliexpress.com", "RU", "RUB", "RU"),
        new("tr.aliexpress.com", "TR", "TRY", "TR"),
        new("ja.aliexpress.com", "JA", "JPY", "JP"),
        new("ko.aliexpress.com", "KO", "KRW", "KR"),
        new("id.aliexpress.com", "ID", "IDR", "ID"),
    ];

    public static AliExpressMarket OfSite(Uri site) => Array.Find(Regional, market => market.Host.Equals(site.Host, StringComparison.OrdinalIgnoreCase)) ?? Global;

    public static AliExpressMarket OfCountry(string? country) => Array.Find(Regional, market => market.Country == country) ?? Global;

    /// <summary>Such as <c>de_DE</c>, as pages write it.</summary>
    public string Locale => string.Create(CultureInfo.InvariantCulture, $"{Language.ToLowerInvariant()}_{Country}");

    public Uri Site => new($"https://{Host}/");
}
