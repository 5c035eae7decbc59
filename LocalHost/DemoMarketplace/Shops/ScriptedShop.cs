using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>A shop whose pages ask by script for what belongs on them. Served only when it is asked for by name: it takes a browser to collect it.</summary>
internal abstract class ScriptedShop : ShopStyle
{
    public const string ScriptPath = "/assets/shop.js";
    public const string FragmentPrefix = "/fragments";

    /// <summary>What the pages load and run.</summary>
    public abstract string Script { get; }

    protected static string ScriptTag => $"<script src=\"{ScriptPath}\"></script>\n";

    /// <summary>What the script puts into the page of a product, and the data of it.</summary>
    public abstract (string Body, string Data) Fragment(PageContext context, Item item);

    public override string Price(decimal amount) => "€" + Html.Number(amount, 2, ",", ".");

    protected string BuyBox(Item item)
    {
        var old = item.ListPrice is { } list ? $"<span class=\"old\">RRP <del>{Price(list)}</del></span> " : "";
        return $"<div class=\"price-box\">{old}<span class=\"price\">{Price(item.Price!.Value)}</span></div>\n" + ProductBody.Availability(this, item);
    }
}
