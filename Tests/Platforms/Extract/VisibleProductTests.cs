using Marketline.Core.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>Pages without markup, and the traps that shown prices set.</summary>
public sealed class VisibleProductTests
{
    private const string Buy = "<button>Add to cart</button>";

    [TestCase("""<p class="price">$100.00</p>""", "$100.00", TestName = "Plain")]
    [TestCase("""<p>Free shipping on orders over $35.00</p><p class="price">$100.00</p>""", "$100.00", TestName = "Shipping threshold before")]
    [TestCase("""<p class="price">$100.00</p><p>+ $4.99 shipping</p>""", "$100.00", TestName = "Shipping cost after")]
    [TestCase("""<p class="price"><del>$150.00</del> <ins>$100.00</ins></p>""", "$100.00", TestName = "Crossed out")]
    [TestCase("""<p>Was: $150.00</p><p class="price">Now: $100.00</p>""", "Now: $100.00", TestName = "Was and now")]
    [TestCase("""<span class="old-price">$150.00</span><span class="new-price">$100.00</span>""", "$100.00", TestName = "Old by its class")]
    [TestCase("""<p class="price">$100.00</p><p class="price-per-unit">$10.00 / 100 ml</p>""", "$100.00", TestName = "Price per unit")]
    [TestCase("""<p>or 4 interest-free payments of $25.00</p><p class="price">$100.00</p>""", "$100.00", TestName = "Instalments")]
    [TestCase("""<p class="price">$100.00</p><a>Used from $40.00</a>""", "$100.00", TestName = "Second-hand offer")]
    [TestCase("""<p class="price">$100.00</p><div class="bundle">Buy together: <span class="price">$140.00</span></div>""", "$100.00", TestName = "Bundle")]
    [TestCase("""<p>You save $50.00</p><p class="price">$100.00</p>""", "$100.00", TestName = "Saving")]
    [TestCase("""<p class="price">$100.00</p><div class="related-products"><span class="price">$5.00</span><span class="price">$6.00</span></div>""", "$100.00", TestName = "Related products")]
    [TestCase("""<div class="price">$<span>100</span><sup>00</sup></div>""", "$100.00", TestName = "Cents raised")]
    [TestCase("""<div class="price"><span>100</span> <span>EUR</span></div>""", "100 EUR", TestName = "In pieces")]
    [TestCase("""<div><span class="price">$100</span><span>5 bids</span></div>""", "$100", TestName = "Another number beside")]
    public void Read_PriceAmongOthers_IsTheProducts(string body, string expected)
    {
        var offer = Pages.Offer(Pages.Product(body + Buy));

        Assert.That(offer.Text(FieldNames.Price), Is.EqualTo(expected));
    }

    [TestCase("""<p>Free shipping on orders over $35.00</p>""")]
    [TestCase("""<p>Coming soon</p><div class="related-products"><span class="price">$5.00</span></div>""")]
    public void Read_NoPriceOfItsOwn_HasNone(string body)
    {
        var offer = Pages.Offer(Pages.Product(body + "<p>SKU: PEN-100</p>" + Buy));

        Assert.That(offer.Fields, Does.Not.ContainKey(FieldNames.Price));
    }

    [Test]
    public void Read_CrossedOutPrice_IsTheListPrice()
    {
        var offer = Pages.Offer(Pages.Product("""<p class="price"><del>$150.00</del> <ins>$100.00</ins></p>""" + Buy));

        Assert.That(offer.Text(FieldNames.ListPrice), Is.EqualTo("$150.00"));
    }

    [TestCase("<p>SKU: PEN-1024</p>", "PEN-1024")]
    [TestCase("<dl><dt>Item number</dt><dd>1024-7</dd></dl>", "1024-7")]
    [TestCase("<p>Art.-Nr.: <b>10.24.7</b></p>", "10.24.7")]
    [TestCase("<p>Código de producto: <span>AB1024</span></p>", "AB1024")]
    [TestCase("<p>Réf. 10247X</p>", "10247X")]
    [TestCase("<p>Артикул: 10247</p>", "10247")]
    [TestCase("<p>〈商品編號：M10247〉</p>", "M10247")]
    [TestCase("<p>Product code - </p><p>10247</p>", "10247")]
    [TestCase("<p>100/234</p>", "100/234")]
    [TestCase("<p>Nothing here</p>", "100234")]
    public void Read_ArticleNumber_IsFoundByItsLabelElseInTheAddress(string body, string expected)
    {
        var offer = Pages.Offer(Pages.Product("<p class=\"price\">$5.00</p>" + body + Buy));

        Assert.That(offer.Text(FieldNames.Sku), Is.EqualTo(expected));
    }

    [TestCase("<p>Currently unavailable.</p>", "Currently unavailable.")]
    [TestCase("<div class=\"stock\">Nicht auf Lager</div>", "Nicht auf Lager")]
    [TestCase("<button>Add to cart</button>", "InStock")]
    [TestCase("<p>Made of wood</p>", "InStock")]
    public void Read_Stock_IsReadFromSentencesAndButtons(string body, string expected)
    {
        var offer = Pages.Offer(Pages.Product("<p class=\"price\">$5.00</p><p>SKU: PEN-1</p>" + body));

        Assert.That(offer.Text(FieldNames.Availability), Is.EqualTo(expected));
    }

    [Test]
    public void Read_StockOnlyImplied_IsHardlySure()
    {
        var offer = Pages.Offer(Pages.Product("<p class=\"price\">$5.00</p><p>SKU: PEN-1</p>"));

        Assert.That(offer.Fields[FieldNames.Availability].Confidence, Is.LessThan(0.35));
    }
}
