using System.Collections.Frozen;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>What shops call the numbers beside their products, by the field they name and how sure that is.</summary>
internal static class IdentifierLabels
{
    private static readonly (string Field, double Confidence, string Labels)[] Table =
    [
        (
            FieldNames.Sku, 0.93,
            "sku|sku no|sku number|sku code|item number|item no|item nr|item #|item code|item id|itemcode|product code|product number|product no|product id|product ref|product reference|product sku|article number|article no|article nr|article code|article id|"
                + "art. no|art no|art.no|catalogue number|catalog number|cat no|cat. no|stock code|stock number|stock no|web code|web id|style number|style no|style #|style code|ebay item number|asin|ad id|ad #|ad number|post id|listing id|listing number|lot number|order number|order no|order code|"
                + "artikelnummer|artikel-nummer|artikel-nr|artikel nr|artikelnr|art.-nr|art.nr|art-nr|art. nr|bestellnummer|bestell-nr|bestellnr|best.-nr|produktnummer|produkt-nr|produktcode|anzeigennummer|anzeigen-nr|anzeige|artikelcode|produkt-id|artikel-id|"
                + "code article|code produit|référence produit|référence article|numéro de l'objet ebay|numéro de l'article|n° d'article|numéro d'article|n° article|réf. produit|ref produit|réf produit|référence fabricant|id produit|"
                + "código de producto|código producto|código del producto|código de artículo|código artículo|número de artículo|nº de artículo|código do produto|código produto|código do artigo|id produto|id producto|referência produto|referência do produto|referencia del producto|cód. produto|cod. produto|cod produto|"
                + "codice articolo|codice prodotto|cod. articolo|cod. art|cod. prodotto|codice art|numero articolo|numero oggetto ebay|"
                + "artikelnummer|productcode|productnummer|bestelnummer|bestelcode|artikelnr|"
                + "kod produktu|nr ref|nr referencyjny|numer referencyjny|kod towaru|nr artykułu|numer artykułu|numer katalogowy|nr katalogowy|indeks|symbol|"
                + "kód produktu|kód zboží|kód tovaru|objednací číslo|objednávací číslo|katalogové číslo|číslo produktu|číslo zboží|šifra artikla|šifra proizvoda|šifra izdelka|šifra|cikkszám|termékkód|cod produs|codul produsului|cod articol|"
                + "артикул|код товара|код товару|код продукта|код на продукта|код продукт|номер товара|арт|код|каталожный номер|"
                + "produkta kods|preces kods|prekės kodas|prekes kodas|tootekood|toote kood|tuotenumero|tuotekoodi|varenummer|varenr|vare nr|varekode|art.nr|produktkod|ürün kodu|stok kodu|ürün no|κωδικός προϊόντος|κωδικός|κωδ|"
                + "מק\"ט|מקט|קוד מוצר|מספר פריט|מק״ט|رمز المنتج|رقم المنتج|رقم الصنف|رقم الإعلان|"
                + "商品番号|商品コード|品番|管理番号|商品編號|商品编号|商品編碼|商品编码|货号|貨號|商品代碼|品號|상품번호|상품코드|상품 번호|제품번호|딜번호|รหัสสินค้า|mã sản phẩm|mã sp|mã hàng|kode produk|kode barang"
        ),
        (FieldNames.Sku, 0.86, "ref|ref.|réf|réf.|référence|reference|referencia|referência|code|código|cód|cod|cod.|codice|kód|kod|art|art.|id|no.|plu|style|nr."),
        (FieldNames.Mpn, 0.8, "mpn|model|model number|model no|model nr|item model number|part number|part no|manufacturer part number|manufacturer number|mfr part|mfr. part|mfg part|hersteller-nr|herstellernummer|herstellerartikelnummer|modell|modellnummer|modelo|modèle|modello|fabrikantcode|kod producenta|part number (pn)|výrobní číslo|модель|型番|型号|型號|모델명"),
        (FieldNames.Gtin, 0.8, "ean|gtin|upc|isbn|isbn-13|isbn13|isbn 13|barcode|bar code|ean-code|ean code|kod ean|ean kód|ean-13|ean13|čárový kód|штрихкод|штрих-код|código de barras|codice ean|code ean|jan|gencod"),
    ];

    private static readonly FrozenDictionary<string, (string Field, double Confidence)> ByLabel = Build();

    private static readonly FrozenDictionary<string, (string Field, double Confidence)>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByLabel.GetAlternateLookup<ReadOnlySpan<char>>();

    public static int MaxLength { get; } = ByLabel.Keys.Max(label => label.Length);

    /// <summary>The field that a label names; the label without the colon, point or number sign at its end.</summary>
    public static (string Field, double Confidence)? Find(ReadOnlySpan<char> text) =>
        text.Length <= MaxLength && Lookup.TryGetValue(text, out var found) ? found : null;

    private static FrozenDictionary<string, (string Field, double Confidence)> Build()
    {
        var labels = new Dictionary<string, (string, double)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, confidence, list) in Table)
        {
            foreach (var label in list.Split('|'))
            {
                labels.TryAdd(label.TrimEnd('.'), (field, confidence));
            }
        }

        return labels.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
