using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// The shop where things go wrong: JSON-LD with OpenGraph beside it, so that a page with broken JSON-LD can still be read. What
/// goes wrong on the wire is <see cref="FaultResponder"/>'s; what goes wrong on the page is here.
/// </summary>
internal sealed class GroveShop(FaultPlan faults) : ShopStyle
{
    private static readonly PageCharset WindowsUnderUtf8 = new(
        PageCharset.Legacy("windows-1252"),
        Header: "utf-8",
        Meta: "windows-1252"
    );

    private static readonly PageCharset Utf8UnderLatin = new(
        new UTF8Encoding(false),
        Header: "ISO-8859-1",
        Meta: "utf-8"
    );

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "grove",
            Title = "Grove Bargains",
            Summary = "The faulty shop: everything that goes wrong on the wire and on the page",
            Language = "en",
            CurrencyCode = "EUR",
            AccentColour = "#6b6b1f",
            Texts = EnglishTexts.Texts,
            HasFaults = true,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "54",
                SkuPrefix = "GB",
                ShopTitle = "Grove Bargains",
                Availabilities = ["InStock", "InStock", "InStock", "InStock", "OutOfStock", "PreOrder"],
            },
        };

    /// <summary>A faulty product is there to be fetched.</summary>
    public override bool IsDisallowed(int index) => base.IsDisallowed(index) && faults.KindOf(index) == FaultKind.None;

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/goods/{item.Slug}/{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/department/{category.Slug}{(page == 1 ? "" : $"?page={page}")}");

    public override string Price(decimal amount) => "€" + Html.Number(amount, 2, ",", ".");

    public override PageCharset Charset(Item item) =>
        faults.KindOf(item.Index) switch
        {
            FaultKind.WindowsBytesUnderUtf8 => WindowsUnderUtf8,
            FaultKind.Utf8UnderLatinHeader => Utf8UnderLatin,
            _ => PageCharset.Utf8,
        };

    public override Item Shown(Item item) =>
        faults.KindOf(item.Index) switch
        {
            FaultKind.WindowsBytesUnderUtf8 or FaultKind.Utf8UnderLatinHeader => item with
            {
                Name = item.Name + " – Édition Noël",
            },
            FaultKind.BrokenJsonLd or FaultKind.TruncatedJsonLd => item with
            {
                Seller = null,
                RatingValue = null,
                ReviewCount = null,
                Reviews = [],
                ListPrice = null,
            },
            FaultKind.NoPrice or FaultKind.PriceOnRequest => item with { Price = null, ListPrice = null },
            FaultKind.ZeroPrice => item with { Price = 0, ListPrice = null },
            _ => item with { ListPrice = null },
        };

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var body = ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None);
        var head = OpenGraph(context, item) + StructuredData(context, item);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, head);
    }

    private string StructuredData(PageContext context, Item item)
    {
        var kind = faults.KindOf(item.Index);
        var product = new JsonLd(this, context).Product(item);
        if (kind == FaultKind.PriceOnRequest)
        {
            product["offers"]!["price"] = "Price on request";
            product["offers"]!["priceCurrency"] = Profile.CurrencyCode;
        }

        var json = JsonLd.Text(product);
        return kind switch
        {
            // A template's comma too many, and an inch sign that nobody escaped.
            FaultKind.BrokenJsonLd => JsonLd.ScriptOf(
                json.Insert(json.IndexOf(",\"sku\"", StringComparison.Ordinal), ",\"size\":\"12\" wide\",")
            ),
            FaultKind.TruncatedJsonLd => JsonLd.ScriptOf(json[..(json.Length / 3)]),
            _ => JsonLd.ScriptOf(json),
        };
    }

    private string OpenGraph(PageContext context, Item item)
    {
        var head = new StringBuilder();
        Add("og:type", "product");
        Add("og:title", item.Name);
        Add("og:image", context.Absolute(ImagePath(item)));
        Add("product:brand", item.Brand!);
        Add("product:retailer_item_id", item.Sku!);
        Add("product:condition", item.Condition!.ToLowerInvariant());
        Add(
            "product:availability",
            item.Availability switch
            {
                "InStock" => "in stock",
                "PreOrder" => "preorder",
                _ => "out of stock",
            }
        );
        if (item.Price is { } price)
        {
            Add("product:price:amount", ProductBody.Invariant(price));
            Add("product:price:currency", Profile.CurrencyCode);
        }

        return head.ToString();

        void Add(string property, string content) =>
            head.Append(
                CultureInfo.InvariantCulture,
                $"<meta property=\"{property}\" content=\"{Html.Text(content)}\">\n"
            );
    }

    private string BuyBox(Item item)
    {
        var price =
            faults.KindOf(item.Index) == FaultKind.PriceOnRequest ? "<span class=\"price\">Price on request</span>"
            : item.Price is { } amount ? $"<span class=\"price\">{Price(amount)}</span>"
            : "";
        return $"<div class=\"price-box\">{price}</div>\n" + ProductBody.Availability(this, item);
    }
}
