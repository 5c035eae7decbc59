using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

public sealed class AvailabilityTextTests
{
    [TestCase("https://schema.org/InStock", Availability.InStock)]
    [TestCase("http://schema.org/outofstock", Availability.OutOfStock)]
    [TestCase("schema.org/PreOrder", Availability.PreOrder)]
    [TestCase("LimitedAvailability", Availability.LimitedAvailability)]
    [TestCase("in stock", Availability.InStock)]
    [TestCase("Not in stock", Availability.OutOfStock)]
    [TestCase("Currently unavailable.", Availability.OutOfStock)]
    [TestCase("Auf Lager", Availability.InStock)]
    [TestCase("derzeit nicht verfügbar", Availability.OutOfStock)]
    [TestCase("Ausverkauft", Availability.OutOfStock)]
    [TestCase("Actuellement indisponible", Availability.OutOfStock)]
    [TestCase("En stock", Availability.InStock)]
    [TestCase("Agotado", Availability.OutOfStock)]
    [TestCase("No disponible", Availability.OutOfStock)]
    [TestCase("Non disponibile", Availability.OutOfStock)]
    [TestCase("Нет в наличии", Availability.OutOfStock)]
    [TestCase("В наличии", Availability.InStock)]
    [TestCase("在庫なし", Availability.OutOfStock)]
    [TestCase("現貨", Availability.InStock)]
    [TestCase("Skladem", Availability.InStock)]
    [TestCase("Není skladem", Availability.OutOfStock)]
    [TestCase("Pre-order now", Availability.PreOrder)]
    [TestCase("discontinued", Availability.Discontinued)]
    [TestCase("NOT SOLD", Availability.InStock)]
    [TestCase("Blue", null)]
    [TestCase("", null)]
    public void Parse_Text_GivesSchemaOrgsValue(string text, Availability? expected)
    {
        var availability = AvailabilityText.Parse(text);

        Assert.That(availability, Is.EqualTo(expected));
    }
}
