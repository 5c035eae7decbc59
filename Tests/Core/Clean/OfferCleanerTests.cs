using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Tests.Core.Clean;

public sealed class OfferCleanerTests
{
    private static readonly DateTimeOffset Seen = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CleanContext Products = new("generic-shop", "shop.example.de", CrawlKind.Products, Seen);
    private static readonly CleanContext Prices = Products with { Kind = CrawlKind.Prices };

    [Test]
    public void Clean_FullOffer_GivesEveryField()
    {
        var source = ExtractedObjects.Offer(
            (FieldNames.Name, "<b>Blue&nbsp;Pen</b>"),
            (FieldNames.Price, "1.234,50 €"),
            (FieldNames.ListPrice, "1.500,00 €"),
            (FieldNames.Availability, "https://schema.org/InStock"),
            (FieldNames.ItemCondition, "NewCondition"),
            (FieldNames.Sku, "sku:PEN-1"),
            (FieldNames.Gtin, "4006381333931"),
            (FieldNames.Image, "/pen.jpg"),
            (FieldNames.RatingValue, "8,8"),
            (FieldNames.BestRating, "10"),
            (FieldNames.ReviewCount, "1.234 Bewertungen")
        );

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Violations, Is.Empty);
        Assert.That(
            result.Record! with { ContentHash = "" },
            Is.EqualTo(
                new Offer
                {
                    ObjectKey = "key",
                    Platform = "generic-shop",
                    Site = "shop.example.de",
                    Url = "https://shop.example.de/p/1",
                    SeenUtc = Seen,
                    Name = "Blue Pen",
                    Price = 1234.5m,
                    CurrencyCode = "EUR",
                    ListPrice = 1500m,
                    Availability = Availability.InStock,
                    Condition = ItemCondition.New,
                    Sku = "PEN-1",
                    Gtin = "4006381333931",
                    ImageUrl = "https://shop.example.de/pen.jpg",
                    RatingValue = 4.4m,
                    ReviewCount = 1234,
                    PriceRaw = "1.234,50 €",
                    PriceSource = ExtractionSource.JsonLd,
                    PriceLocation = "jsonld.price",
                    PriceConfidence = 0.9,
                    ContentHash = "",
                }
            )
        );
    }

    [TestCase("Preis auf Anfrage", CleanRules.PriceUnreadable)]
    [TestCase("Call for price", CleanRules.PriceUnreadable)]
    [TestCase("zwölf Euro fünfzig und mehr", CleanRules.PriceUnreadable)]
    [TestCase("12.05.2024", CleanRules.PriceUnreadable)]
    [TestCase("0", CleanRules.PriceNotPositive)]
    [TestCase("0.00", CleanRules.PriceNotPositive)]
    [TestCase("0,00 €", CleanRules.PriceNotPositive)]
    [TestCase("-3,00 €", CleanRules.PriceNotPositive)]
    [TestCase("gratis", CleanRules.PriceNotPositive)]
    public void Clean_BadPrice_RejectsWithRowAndValue(string price, string rule)
    {
        var source = ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, price));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Record, Is.Null);
        Assert.That(result.Violations, Is.EqualTo(new[] { new RuleViolation(rule, FieldNames.Price, price, "page jsonld.price") }));
    }

    [TestCase("0.00", CleanRules.PriceNotPositive)]
    [TestCase("Sold", CleanRules.PriceUnreadable)]
    public void Clean_BadPriceOfWhatIsGone_DropsThePriceOnly(string price, string rule)
    {
        var source = ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, price), (FieldNames.Availability, "https://schema.org/SoldOut"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That((result.Record?.Availability, result.Record?.Price, result.Record?.PriceRaw), Is.EqualTo((Availability.SoldOut, (decimal?)null, (string?)null)));
        Assert.That(result.Violations.Select(violation => violation.Rule), Is.EqualTo(new[] { rule }));
    }

    [Test]
    public void Clean_NoPriceInProducts_IsKept()
    {
        var source = ExtractedObjects.Offer((FieldNames.Name, "Pen"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That((result.Record?.Name, result.Record?.Price, result.Record?.PriceRaw, result.Violations.Count), Is.EqualTo(("Pen", (decimal?)null, (string?)null, 0)));
    }

    [Test]
    public void Clean_ListPriceOnRequest_IsDropped()
    {
        var source = ExtractedObjects.Offer((FieldNames.Price, "10,00 €"), (FieldNames.ListPrice, "auf Anfrage"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That((result.Record?.Price, result.Record?.ListPrice, result.Violations.Count), Is.EqualTo(((decimal?)10, (decimal?)null, 0)));
    }

    [TestCase(null, false)]
    [TestCase("InStock", false)]
    [TestCase("OutOfStock", true)]
    [TestCase("SoldOut", true)]
    [TestCase("Discontinued", true)]
    public void Clean_NoPriceInPrices_IsKeptOnlyWhenGone(string? availability, bool isKept)
    {
        var source = availability is null
            ? ExtractedObjects.Offer((FieldNames.Name, "Pen"))
            : ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Availability, availability));

        var result = OfferCleaner.Clean(source, Prices);

        Assert.That(result.Record is not null, Is.EqualTo(isKept));
        Assert.That(result.Violations.Select(violation => violation.Rule), Is.EqualTo(isKept ? [] : new[] { CleanRules.PriceMissing }));
    }

    [Test]
    public void Clean_NothingToKnowItBy_IsRejected()
    {
        var source = ExtractedObjects.Offer((FieldNames.Brand, "Acme"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Violations.Single().Rule, Is.EqualTo(CleanRules.RecordEmpty));
    }

    [Test]
    public void Clean_WrongGtin_DropsTheFieldAndWarns()
    {
        var source = ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Gtin, "4006381333930"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Record?.Gtin, Is.Null);
        Assert.That(result.Violations.Single(), Is.EqualTo(new RuleViolation(CleanRules.GtinCheckDigit, FieldNames.Gtin, "4006381333930", "page jsonld.gtin")));
    }

    [TestCase("9.99", "Taler", null, CleanRules.CurrencyUnknown)]
    [TestCase("9,99 €", "Taler", "EUR", CleanRules.CurrencyUnknown)]
    [TestCase("£9.99", "USD", "GBP", CleanRules.CurrencyConflict)]
    [TestCase("$9.99", "CAD", "CAD", null)]
    [TestCase("9.99", "EUR", "EUR", null)]
    [TestCase("9.99", null, null, null)]
    public void Clean_Currency_IsNeverGuessed(string price, string? currency, string? expected, string? warning)
    {
        var source = currency is null
            ? ExtractedObjects.Offer((FieldNames.Price, price))
            : ExtractedObjects.Offer((FieldNames.Price, price), (FieldNames.PriceCurrency, currency));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That((result.Record?.Price, result.Record?.CurrencyCode), Is.EqualTo(((decimal?)9.99m, expected)));
        Assert.That(result.Violations.Select(violation => violation.Rule), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    [Test]
    public void Clean_ListPriceNotHigher_IsDropped()
    {
        var source = ExtractedObjects.Offer((FieldNames.Price, "10,00 €"), (FieldNames.ListPrice, "10,00 €"));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Record?.ListPrice, Is.Null);
    }

    [Test]
    public void Clean_LongRawValue_IsCut()
    {
        var source = ExtractedObjects.Offer((FieldNames.Price, new string('x', 2_000)));

        var result = OfferCleaner.Clean(source, Products);

        Assert.That(result.Violations.Single().RawValue, Has.Length.EqualTo(500));
    }

    [Test]
    public void ContentHash_SamePriceWrittenOtherwiseAndSeenLater_IsTheSame()
    {
        var first = OfferCleaner.Clean(ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, "2879.2"), (FieldNames.RatingValue, "4")), Products);
        var second = OfferCleaner.Clean(ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, "2879.20"), (FieldNames.RatingValue, "5")), Products with { SeenUtc = Seen.AddDays(1) });

        Assert.That(second.Record?.ContentHash, Is.EqualTo(first.Record?.ContentHash));
    }

    [Test]
    public void ContentHash_OtherPrice_IsAnother()
    {
        var first = OfferCleaner.Clean(ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, "2879.20")), Products);
        var second = OfferCleaner.Clean(ExtractedObjects.Offer((FieldNames.Name, "Pen"), (FieldNames.Price, "2879.21")), Products);

        Assert.That(second.Record?.ContentHash, Is.Not.EqualTo(first.Record?.ContentHash));
    }
}
