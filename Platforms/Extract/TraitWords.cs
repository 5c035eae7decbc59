using System.Collections.Frozen;

namespace Marketline.Platforms.Extract;

/// <summary>The words of ids and classes that tell what a part of a page is.</summary>
internal static class TraitWords
{
    private static readonly (Traits Trait, string Words)[] Table =
    [
        (Traits.Price, "price prices pricing preis prix precio prezzo preco cena cijena hinta pris prijs fiyat amount prc kaina hind ar tsena baha cost offscreen money"),
        (Traits.Current, "sale special current final now actual reduced promo selling ours action akcia"),
        (Traits.Old, "old was strike striked strikethrough crossed rrp msrp pvp uvp statt before previous original retail compare barre barred through regular antes anterior normal listprice oldprice ancien reference"),
        (Traits.Shipping, "shipping delivery versand livraison envio frete postage dostawa freight shipment spedizione lieferung porto shippingcost"),
        (Traits.PerUnit, "unit unitprice ppu uom grundpreis basis baseprice per kilo litre liter"),
        (Traits.Instalment, "instalment instalments installment installments parcela parcelas cuota cuotas finance financing financial monthly month klarna leasing emi credit raten afterpay splitit"),
        (Traits.Saving, "save saving savings saved discount rabatt rabat reduction economy economia percent percentage off youpay"),
        (Traits.Reward, "points loyalty reward rewards cashback coupon coupons voucher vouchers bonus giftcard"),
        (Traits.UsedOffer, "used refurbished secondhand warehouse olp"),
        (
            Traits.Related,
            "related recommended recommendation recommendations recommend recos reco similar upsell upsells crosssell crosssells cross carousel slider swiper slick owl also recently viewed sponsored bundle bundles "
                + "accessories accessory suggestions suggested suggestion teaser teasers tile tiles others alternatives alternative addon addons addons complementary recent listing grid productlist plp"
        ),
        (Traits.Frame, "nav navbar navigation menu megamenu footer minicart breadcrumb breadcrumbs sidebar popup cookie cookies newsletter topbar"),
        (Traits.Review, "review reviews comment comments testimonial testimonials ugc questions qa"),
        (Traits.Hidden, "hidden hide visuallyhidden invisible"),
        (Traits.Stock, "stock availability available inventory disponibilidad disponibilite verfuegbarkeit lager voorraad dostupnost dostepnosc nalichie instock outofstock saatavuus"),
        (Traits.Main, "pdp productpage productdetail productdetails buybox main productinfo"),
    ];

    private static readonly FrozenDictionary<string, Traits> ByWord = Build();

    private static readonly FrozenDictionary<string, Traits>.AlternateLookup<ReadOnlySpan<char>> Lookup = ByWord.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words part at anything but letters and where a lower-case letter meets an upper-case one (<c>oldPrice</c>).</summary>
    public static Traits Of(ReadOnlySpan<char> names)
    {
        var traits = Traits.None;
        var (start, isAfterList) = (0, false);
        for (var i = 0; i <= names.Length; i++)
        {
            var isEdge = i == names.Length || !char.IsAsciiLetter(names[i]) || (i > start && char.IsAsciiLetterUpper(names[i]) && char.IsAsciiLetterLower(names[i - 1]));
            if (!isEdge)
            {
                continue;
            }

            if (i - start is > 1 and < 24)
            {
                var word = names[start..i];
                traits |= Lookup.TryGetValue(word, out var trait) ? trait : Traits.None;
                // "list" alone is any list.
                traits |= isAfterList && word.Equals("price", StringComparison.OrdinalIgnoreCase) ? Traits.Old : Traits.None;
                isAfterList = word.Equals("list", StringComparison.OrdinalIgnoreCase);
            }

            start = i < names.Length && char.IsAsciiLetter(names[i]) ? i : i + 1;
        }

        return traits;
    }

    private static FrozenDictionary<string, Traits> Build()
    {
        var words = new Dictionary<string, Traits>(StringComparer.OrdinalIgnoreCase);
        foreach (var (trait, list) in Table)
        {
            foreach (var word in list.Split(' '))
            {
                words[word] = words.GetValueOrDefault(word) | trait;
            }
        }

        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
