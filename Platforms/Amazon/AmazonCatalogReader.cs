using System.Text.Json;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Items of the catalog (https://developer-docs.amazon.com/sp-api/docs/catalog-items-api-v2022-04-01-use-case-guide). It says what a product is,
/// not what it costs; its list price is the maker's.
/// </summary>
internal sealed class AmazonCatalogReader(AmazonMarketplace marketplace)
{
    private static readonly string[] GtinTypes = ["GTIN", "EAN", "UPC", "JAN", "ISBN"];

    public IEnumerable<ExtractedObject> Read(JsonElement root)
    {
        var items = root.Items("items");
        for (var i = 0; i < items.Count; i++)
        {
            if (Asin.TryParse(items[i].Text("asin")) is { } asin)
            {
                yield return ReadItem(items[i], asin, $"items[{i}]");
            }
        }
    }

    private ExtractedObject ReadItem(JsonElement item, Asin asin, string position)
    {
        var fields = new OfferFields(position);
        var (summary, at) = OfMarketplace(item, "summaries", "marketplaceId");
        fields.Add(FieldNames.Name, summary.Text("itemName"), $"{at}.itemName");
        fields.Add(FieldNames.Brand, summary.Text("brand"), $"{at}.brand");
        fields.Add(FieldNames.Mpn, summary.Text("partNumber"), $"{at}.partNumber");
        fields.Add(FieldNames.Mpn, summary.Text("modelNumber"), $"{at}.modelNumber");
        fields.Add(FieldNames.Category, summary.Member("browseClassification")?.Text("displayName"), $"{at}.browseClassification.displayName");
        fields.Add(FieldNames.Sku, asin.Value, "asin");
        AddGtin(fields, item);
        AddImage(fields, item);
        AddAttributes(fields, item.Member("attributes") ?? default);
        return new ExtractedObject { Type = ObjectType.Offer, ObjectKey = asin.Key(marketplace.Id), Url = asin.UrlOn(marketplace.Site), Position = position, Fields = fields.All, Scope = OfferScope.Product };
    }

    private void AddGtin(OfferFields fields, JsonElement item)
    {
        var (group, at) = OfMarketplace(item, "identifiers", "marketplaceId");
        var identifiers = group.Items("identifiers");
        foreach (var type in GtinTypes)
        {
            var index = identifiers.FindIndex(identifier => identifier.Text("identifierType") == type);
            fields.Add(FieldNames.Gtin, index < 0 ? null : identifiers[index].Text("identifier"), $"{at}.identifiers[{index}].identifier");
        }
    }

    /// <summary>The main picture comes in several sizes, the largest first.</summary>
    private void AddImage(OfferFields fields, JsonElement item)
    {
        var (group, at) = OfMarketplace(item, "images", "marketplaceId");
        var images = group.Items("images");
        var index = Math.Max(0, images.FindIndex(image => image.Text("variant") == "MAIN"));
        fields.Add(FieldNames.Image, index < images.Count ? images[index].Text("link") : null, $"{at}.images[{index}].link");
    }

    private void AddAttributes(OfferFields fields, JsonElement attributes)
    {
        var (price, at) = OfMarketplace(attributes, "list_price", "marketplace_id");
        fields.Add(FieldNames.ListPrice, price.Text("value"), $"attributes.{at}.value");
        fields.Add(FieldNames.PriceCurrency, price.Text("currency"), $"attributes.{at}.currency");
        var (description, where) = OfMarketplace(attributes, "product_description", "marketplace_id");
        fields.Add(FieldNames.Description, description.Text("value"), $"attributes.{where}.value");
        var bullets = attributes.Items("bullet_point").Select(point => point.Text("value")).Where(text => !string.IsNullOrWhiteSpace(text));
        fields.Add(FieldNames.Description, string.Join('\n', bullets), "attributes.bullet_point");
    }

    /// <summary>Amazon says each thing once for every store that was asked for.</summary>
    private (JsonElement Element, string Location) OfMarketplace(JsonElement parent, string name, string idName)
    {
        var all = parent.Items(name);
        var index = Math.Max(0, all.FindIndex(element => element.Text(idName) == marketplace.Id));
        return (index < all.Count ? all[index] : default, $"{name}[{index}]");
    }
}
