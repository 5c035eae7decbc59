using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

public sealed class CurrencyResolverTests
{
    [TestCase("€", null, null, "EUR")]
    [TestCase("eur", null, null, "EUR")]
    [TestCase("$", null, "shop.example.com", "USD")]
    [TestCase("$", "en-CA", "shop.example.com", "CAD")]
    [TestCase("$", "fr", "shop.example.ca", "CAD")]
    [TestCase("$", "es", "tienda.example.cl", "CLP")]
    [TestCase("$", "de", "laden.example.de", "USD")]
    [TestCase("kr", "nb", null, "NOK")]
    [TestCase("kr.", "da-DK", null, "DKK")]
    [TestCase("kr", null, "butik.example.se", "SEK")]
    [TestCase("¥", "zh-CN", null, "CNY")]
    [TestCase("¥", "ja", null, "JPY")]
    [TestCase("£", "en", "shop.example.co.uk", "GBP")]
    [TestCase("руб.", "ru", "shop.example.by", "BYN")]
    [TestCase("Rs", "en", "shop.example.pk", "PKR")]
    [TestCase("RUR", null, null, "RUB")]
    [TestCase("zł", null, null, "PLN")]
    [TestCase("R$", null, null, "BRL")]
    [TestCase("NT$", null, null, "TWD")]
    [TestCase("points", null, null, null)]
    [TestCase("", null, null, null)]
    [TestCase(null, null, null, null)]
    public void Resolve_Mark_FollowsCountryThenLanguage(string? mark, string? language, string? host, string? expected)
    {
        var code = CurrencyResolver.Resolve(mark, language, host);

        Assert.That(code, Is.EqualTo(expected));
    }
}
