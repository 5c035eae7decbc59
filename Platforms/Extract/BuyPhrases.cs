using Marketline.Core.Clean;

namespace Marketline.Platforms.Extract;

/// <summary>What is written on the buttons that only an offer in stock has.</summary>
internal static class BuyPhrases
{
    private static readonly PhraseSet Phrases = new(
        [
            "add to cart", "add to basket", "add to bag", "add to trolley", "addtocart", "add-to-cart", "add_to_cart", "buy_btn", "btn-buy", "buy-button", "buybutton", "addtobag", "add-to-basket", "buy now", "buy it now", "place bid", "place order", "book now", "get tickets", "buy tickets", "reserve now", "contact seller", "make offer",
            "in den warenkorb", "in den einkaufswagen", "in warenkorb", "jetzt kaufen", "in die einkaufstasche", "zum warenkorb hinzufügen",
            "ajouter au panier", "ajouter à mon panier", "acheter", "añadir al carrito", "añadir a la cesta", "agregar al carro", "agregar al carrito", "añadir a la bolsa", "comprar", "adicionar ao carrinho", "adicionar à sacola", "adicionar ao cesto",
            "aggiungi al carrello", "acquista", "compra ora", "in winkelwagen", "in winkelmand", "toevoegen aan", "dodaj do koszyka", "kup teraz", "do koszyka", "do košíku", "do košíka", "přidat do košíku", "pridať do košíka", "koupit", "kúpiť", "kosárba", "adaugă în coș", "adauga in cos", "cumpără", "comandă",
            "в корзину", "купить", "добавить в корзину", "у кошик", "купити", "добави в количката", "в количка", "купи", "lägg i varukorg", "köp", "læg i kurv", "tilføj til kurv", "legg i handlekurv", "kjøp", "lisää ostoskoriin", "osta", "sepete ekle", "satın al", "προσθήκη στο καλάθι", "στο καλάθι", "αγορά",
            "カートに入れる", "購入", "加入购物车", "立即购买", "加入購物車", "放入購物車", "立即購買", "立即搶購", "馬上買", "我要買", "直接購買", "장바구니", "구매하기", "바로구매", "หยิบใส่ตะกร้า", "ซื้อ", "thêm vào giỏ", "mua ngay", "tambah ke keranjang", "beli sekarang",
            "أضف إلى", "اضف الى", "إضافة إلى", "أضف للسلة", "اشتري", "הוסף לסל", "הוספה לסל", "קנה עכשיו", "pirkti", "į krepšelį", "lisa korvi", "lisa ostukorvi", "ostukorvi", "pievienot grozam", "pirkt", "ielikt grozā", "v košarico", "dodaj u košaricu", "u korpu", "kupi",
        ]
    );

    public static bool IsIn(ReadOnlySpan<char> text) => text.Length is > 2 and < 60 && Phrases.IsIn(text);
}
