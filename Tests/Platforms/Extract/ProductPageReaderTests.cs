using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

public sealed class ProductPageReaderTests
{
    [Test]
    public void Read_JsonLd_GivesFieldsWithEvidence()
    {
        var offer = Pages.Offer(
            Pages.JsonLd(
                """
                {"@context": "https://schema.org", "@type": "Product", "name": "Blue Pen", "sku": "PEN-1", "gtin13": "4006381333931",
                 "brand": {"@type": "Brand", "name": "Acme"}, "image": ["https://shop.example/pen.jpg"],
                 "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4.4, "reviewCount": 89},
                 "offers": {"@type": "Offer", "price": 19.5, "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}}
                """
            )
        );

        Assert.That(
            offer.Fields.ToDictionary(field => field.Key, field => field.Value.Text),
            Is.SupersetOf(
                new Dictionary<string, string>
                {
                    [FieldNames.Name] = "Blue Pen",
                    [FieldNames.Price] = "19.5",
                    [FieldNames.PriceCurrency] = "EUR",
                    [FieldNames.Sku] = "PEN-1",
                    [FieldNames.Gtin] = "4006381333931",
                    [FieldNames.Brand] = "Acme",
                    [FieldNames.Image] = "https://shop.example/pen.jpg",
                    [FieldNames.RatingValue] = "4.4",
                    [FieldNames.ReviewCount] = "89",
                    [FieldNames.Availability] = "https://schema.org/InStock",
                }
            )
        );
        Assert.That(
            offer.Fields[FieldNames.Price],
            Has.Property(nameof(RawField.Source)).EqualTo(ExtractionSource.JsonLd).And.Property(nameof(RawField.Location)).EqualTo("jsonld[0].offers.price")
        );
        Assert.That((offer.Language, offer.Url), Is.EqualTo(("en", Pages.Url)));
    }

    [TestCase("""{"@graph": [{"@type": "WebSite", "name": "Shop"}, {"@type": "Product", "name": "Blue Pen", "offers": {"price": "19.50"}}]}""")]
    [TestCase("""[{"@type": "BreadcrumbList"}, {"@type": ["Product", "Thing"], "name": "Blue Pen", "offers": [{"@type": "Offer", "price": "19.50"}]}]""")]
    [TestCase("""{"@type": "Product", "name": "Blue Pen", "offers": {"@type": "AggregateOffer", "lowPrice": "19.50", "highPrice": "30"}}""")]
    [TestCase("""{"@type": "Product", "name": "Blue Pen", "offers": {"@type": "AggregateOffer", "offers": [{"@type": "Offer", "price": "19.50"}]}}""")]
    [TestCase("""{"@type": "ProductGroup", "name": "Blue Pen", "hasVariant": [{"@type": "Product", "name": "Blue Pen fine", "offers": {"price": "19.50"}}]}""")]
    [TestCase("""{"@type": "Product", "name": "Blue Pen", "offers": {"priceSpecification": [{"priceType": "https://schema.org/ListPrice", "price": 25}, {"price": 19.50}]}}""")]
    [TestCase("""{"@type": "http://schema.org/Product", "name": "Blue Pen", "offers": {"price": "19.50",},}""")]
    [TestCase("""{"@type": "Offer", "price": "19.50", "itemOffered": {"@type": "Product", "name": "Blue Pen"}}""")]
    public void Read_FormsOfJsonLd_GiveThePrice(string json)
    {
        var offer = Pages.Offer(Pages.JsonLd(json));

        Assert.That(offer.Text(FieldNames.Price), Is.EqualTo("19.50"));
    }

    [Test]
    public void Read_Microdata_GivesTheFields()
    {
        var offer = Pages.Offer(
            Pages.Product(
                """
                <div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Blue Pen</span><meta itemprop="sku" content="PEN-1">
                <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">Acme</span></span>
                <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="19.50">19,50 €</span>
                <meta itemprop="priceCurrency" content="EUR"><link itemprop="availability" href="https://schema.org/OutOfStock"></div></div>
                """
            )
        );

        Assert.That(
            new[] { FieldNames.Price, FieldNames.PriceCurrency, FieldNames.Sku, FieldNames.Brand, FieldNames.Availability }.Select(offer.Text),
            Is.EqualTo(new[] { "19.50", "EUR", "PEN-1", "Acme", "https://schema.org/OutOfStock" })
        );
    }

    [Test]
    public void Read_Rdfa_GivesTheFields()
    {
        var offer = Pages.Offer(
            Pages.Product(
                """
                <div vocab="https://schema.org/" typeof="Product"><span property="name">Blue Pen</span><span property="sku">PEN-1</span>
                <div property="offers" typeof="Offer"><meta property="price" content="19.50"><meta property="priceCurrency" content="EUR">
                <link property="availability" href="https://schema.org/InStock"></div></div>
                """
            )
        );

        Assert.That((offer.Text(FieldNames.Price), offer.Text(FieldNames.Sku), offer.Fields[FieldNames.Price].Source), Is.EqualTo(("19.50", "PEN-1", ExtractionSource.Rdfa)));
    }

    [Test]
    public void Read_OpenGraph_GivesTheFields()
    {
        var offer = Pages.Offer(
            Pages.Product(
                "<p>A pen.</p>",
                """
                <meta property="og:type" content="product"><meta property="og:title" content="Blue Pen"><meta property="product:price:amount" content="19.50">
                <meta property="product:price:currency" content="EUR"><meta property="product:availability" content="in stock"><meta property="product:retailer_item_id" content="PEN-1">
                """
            )
        );

        Assert.That(
            new[] { FieldNames.Price, FieldNames.PriceCurrency, FieldNames.Availability, FieldNames.Sku }.Select(offer.Text),
            Is.EqualTo(new[] { "19.50", "EUR", "in stock", "PEN-1" })
        );
    }

    [Test]
    public void Read_EmbeddedState_FillsTheGap()
    {
        var offer = Pages.Offer(
            Pages.Product(
                "<p>A pen.</p><button>Add to cart</button>",
                """<script>window.__STATE__ = {"page": {"product": {"name": "Blue Pen", "sku": "PEN-1", "price": {"current": 19.5, "currency": "EUR"}, "inStock": true}}};</script>"""
            )
        );

        Assert.That((offer.Text(FieldNames.Price), offer.Text(FieldNames.PriceCurrency), offer.Text(FieldNames.Sku)), Is.EqualTo(("19.5", "EUR", "PEN-1")));
    }

    [Test]
    public void Read_MarkupOfRelatedProducts_IsNotTaken()
    {
        var offer = Pages.Offer(
            Pages.JsonLd(
                """
                [{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "Product", "name": "Red Ink", "sku": "INK", "offers": {"price": "3.00"}}}]},
                 {"@type": "Product", "name": "Blue Pen", "sku": "PEN-1", "isRelatedTo": {"@type": "Product", "name": "Paper", "offers": {"price": "1.00"}}, "offers": {"price": "19.50"}}]
                """
            )
        );

        Assert.That((offer.Text(FieldNames.Price), offer.Text(FieldNames.Sku)), Is.EqualTo(("19.50", "PEN-1")));
    }

    [Test]
    public void Read_StaleMarkup_LosesToWhatIsShownAndStatedElsewhere()
    {
        var page = Pages.Product(
            "<span class=\"price\">$400.00</span><span>Starting price $90</span>",
            """
            <meta property="product:price:amount" content="400">
            <script type="application/ld+json">{"@type": "Product", "name": "Blue Pen", "offers": {"price": 90}}</script>
            """
        );

        Assert.That(Pages.Offer(page).Text(FieldNames.Price), Is.EqualTo("400"));
    }

    [Test]
    public void Read_OneSizeInStock_IsInStock()
    {
        var offer = Pages.Offer(
            Pages.JsonLd(
                """
                {"@type": "Product", "name": "Blue Pen", "offers": [
                  {"price": "19.50", "availability": "https://schema.org/OutOfStock"}, {"price": "19.50", "availability": "https://schema.org/InStock"}]}
                """
            )
        );

        Assert.That(offer.Text(FieldNames.Availability), Is.EqualTo("https://schema.org/InStock"));
    }

    [TestCase("<html><body><h1>Our blog</h1><p>We like pens.</p></body></html>")]
    [TestCase(
        """
        <html><head><title>Pens</title></head><body><h1>Pens</h1><script type="application/ld+json">{"@type": "ItemList", "itemListElement": [
        {"@type": "Product", "name": "Blue", "offers": {"price": 1}}, {"@type": "Product", "name": "Red", "offers": {"price": 2}}, {"@type": "Product", "name": "Green", "offers": {"price": 3}}]}</script>
        <div class="product-list"><span class="price">$1.00</span><span class="price">$2.00</span><span class="price">$3.00</span></div></body></html>
        """
    )]
    public void Read_OtherPages_AreSkipped(string html)
    {
        var result = ProductPageReader.Read(Pages.Html(html));

        Assert.That((result.Objects.Count, result.SkipReason), Is.EqualTo((0, ProductPageReader.NotAProduct)));
    }

    [TestCase("", "empty-body")]
    [TestCase("  \n ", "empty-body")]
    [TestCase("{\"products\": []}", "not-html")]
    [TestCase("%PDF-1.7 binary", "not-html")]
    [TestCase("just words", "not-html")]
    public void Read_NoHtml_IsDefective(string body, string reason)
    {
        var result = ProductPageReader.Read(Pages.Html(body));

        Assert.That(result.DefectReason, Is.EqualTo(reason));
    }

    [Test]
    public void Read_TrackingParameters_DoNotChangeTheKey()
    {
        const string html = """<html><h1>Blue Pen</h1><script type="application/ld+json">{"@type": "Product", "name": "Blue Pen", "offers": {"price": 5}}</script></html>""";

        var plain = Pages.Offer(Pages.Html(html, url: "https://shop.example/p/1"));
        var tracked = Pages.Offer(Pages.Html(html, url: "https://shop.example/p/1?utm_source=x"));

        Assert.That((tracked.ObjectKey, tracked.Url), Is.EqualTo((plain.ObjectKey, plain.Url)));
    }
}
