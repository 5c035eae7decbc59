using System.Buffers;

namespace Marketline.Platforms.Extract;

/// <summary>What the words beside a price make of it.</summary>
internal static class PriceContext
{
    private static readonly WordTable Before = new(
        Row(Traits.Shipping, "shipping", "delivery", "free over", "orders over", "orders above", "minimum order", "postage", "versand", "lieferung ab", "bestellwert", "mindestbestell", "livraison", "envío", "envio", "frete", "spedizion", "verzend", "bezorg", "dostaw", "doprav", "szállítás", "livrare", "доставк", "frakt", "toimitus", "kargo", "送料", "运费", "運費", "배송", "الشحن", "משלוח"),
        Row(Traits.Old, "was ", "was:", "rrp", "starting price", "starting bid", "start price", "opening bid", "estimate", "listino", "prix public", "cover price", "msrp", "list price", "reg.", "regular price", "original", "before", "retail", "uvp", "statt", "bisher", "früher", "ancien", "prix conseillé", "au lieu de", "antes", "precio anterior", "de:", "prezzo consigliato", "prima:", "invece di", "adviesprijs", "van:", "zamiast", "stara cena", "původně", "bežná cena", "běžná cena", "régi ár", "prp", "preț vechi", "старая цена", "ord.", "førpris", "ovh", "eski fiyat", "定價", "原价", "原價", "市價", "정가", "قبل", "מחיר מחירון"),
        Row(Traits.Saving, "save", "you save", "savings", "off ", "discount", "sparen", "gespart", "rabatt", "ersparnis", "économisez", "économie", "remise", "ahorra", "ahorro", "descuento", "economize", "desconto", "economia", "risparmi", "sconto", "bespaar", "korting", "oszczęd", "rabat", "ušetř", "ušetri", "sleva", "megtakar", "economise", "скидка", "выгода", "экономия", "spar ", "säästä", "indirim", "節省", "折抵", "할인"),
        Row(Traits.Instalment, "instal", "per month", "monthly", "finance", "x de", "parcel", "cuota", "mensual", "en 3 fois", "en 4 fois", "fois", "monatlich", "raten", "in rate", "rata ", "raty", "splátk", "mesačne", "в месяц", "рассрочк", "мес", "månad", "ay taksit", "taksit", "分期", "תשלומים", "% apr", "klarna", "paypal", "afterpay"),
        Row(Traits.Net, "excl", "ex vat", "ex. vat", "ex tax", "without tax", "net price", "netto", "zzgl", "ohne mwst", "hors taxe", "prix ht", "sin iva", "sem iva", "senza iva", "brez ddv", "bez dph", "bez vat", "bez pdv", "fără tva", "fara tva", "без ндс", "ekskl", "exkl", "税抜", "未税"),
        Row(Traits.UsedOffer, "used", "refurbished", "gebraucht", "d'occasion", "usato", "usado", "segunda mano", "tweedehands", "renewed", "warehouse", "中古"),
        Row(Traits.Reward, "points", "cashback", "gift card", "coupon", "voucher", "gutschein", "bonus", "reward")
    );

    private static readonly WordTable After = new(
        Row(Traits.PerUnit, "/ kg", "/kg", "/ l", "/l)", "/100", "/ 100", "per 100", "pro 100", "per kg", "/m²", "/ m²", "/m2", "je 100", "/unit", "/count", "/ ounce", "/oz", "/st", "/ stück", "/szt", "/ks", "per unit", "/1 ", "/ml", "/ ml", "/gram", "/meter", "/metre"),
        Row(Traits.Instalment, "/mo", "/ mo", "per month", "a month", "/month", "/monat", "/mes", "/mois", "par mois", "al mes", "/mês", "monatl", "mtl", "/мес", "в месяц", "mesačne", "měsíčně", "miesięcznie", "/mån", "/kk", "interest", "sem juros", "sin interés", "instal"),
        Row(Traits.Net, "excl", "ex vat", "ex. vat", "ex tax", "+ vat", "plus vat", "netto", "zzgl. mwst", "hors tax", " ht", "+ iva", "bez dph", "bez vat", "без ндс", "exkl", "税抜"),
        Row(Traits.Saving, "off", "saved", "discount", "korting", "rabatt", "de réduction", "de descuento", "de desconto", "sconto", "sleva"),
        Row(Traits.Shipping, "shipping", "delivery", "postage", "versand", "de livraison", "frais de port", "de envío", "frete", "spedizione", "verzend", "dostawa", "doprava", "доставка", "frakt", "送料", "배송"),
        Row(Traits.Reward, "points", "cashback", "bonus")
    );

    public static Traits Of(ReadOnlySpan<char> before, ReadOnlySpan<char> after) => Match(Before, before) | Match(After, after[..Math.Min(after.Length, 24)]);

    private static Traits Match(WordTable table, ReadOnlySpan<char> text)
    {
        var traits = Traits.None;
        if (text.IsWhiteSpace() || !text.ContainsAny(table.Any))
        {
            return traits;
        }

        foreach (var (trait, words) in table.Rows)
        {
            traits |= text.ContainsAny(words) ? trait : Traits.None;
        }

        return traits;
    }

    private static (Traits Trait, string[] Words) Row(Traits trait, params string[] words) => (trait, words);

    /// <summary>The words of each trait, and of all of them: most texts have none, and one search says so.</summary>
    private sealed class WordTable(params (Traits Trait, string[] Words)[] rows)
    {
        public SearchValues<string> Any { get; } = SearchValues.Create([.. rows.SelectMany(row => row.Words)], StringComparison.OrdinalIgnoreCase);

        public (Traits Trait, SearchValues<string> Words)[] Rows { get; } =
            [.. rows.Select(row => (row.Trait, SearchValues.Create(row.Words, StringComparison.OrdinalIgnoreCase)))];
    }
}
