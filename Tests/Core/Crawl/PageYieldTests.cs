using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Tests.Core.Crawl;

public sealed class PageYieldTests
{
    [TestCase("price=1 €;availability=InStock", ExpectedResult = OfferParts.None)]
    [TestCase("name=Kettle", ExpectedResult = OfferParts.All)]
    [TestCase("price=1 €", ExpectedResult = OfferParts.Availability)]
    [TestCase("availability=InStock", ExpectedResult = OfferParts.Price)]
    [TestCase("availability=https://schema.org/OutOfStock", ExpectedResult = OfferParts.None, Description = "gone, and needs no price")]
    [TestCase("name=Kettle|price=1 €;availability=InStock", ExpectedResult = OfferParts.None, Description = "a variant has it")]
    public OfferParts Of_Offers_MissesWhatNoneHas(string offers) =>
        PageYield.Of(new ExtractionResult([.. offers.Split('|').Select(Offer)])).Missing;

    [Test]
    public void Of_NoObjects_HasNone() => Assert.That(PageYield.Of(ExtractionResult.Skipped("not-a-product")).HasObjects, Is.False);

    private static ExtractedObject Offer(string fields) =>
        new()
        {
            Type = ObjectType.Offer,
            ObjectKey = "key",
            Url = "https://shop.example/p",
            Position = "page",
            Fields = fields.Split(';').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => new RawField(field[1], ExtractionSource.JsonLd, "", 1)),
        };
}
