namespace Marketline.Core.Clean;

/// <summary>
/// What shops write about stock, by meaning. Refusals come first, because they contain the words of the offer
/// ("not in stock"); within a list the order does not matter.
/// </summary>
internal static class AvailabilityPhrases
{
    /// <summary>
    /// Invitations to be told when it comes back. They stand in hidden forms of pages with stock as well, so a text with one says
    /// nothing by itself.
    /// </summary>
    public static readonly string[] Notify =
    [
        "notify me", "email me when", "e-mail me when", "notify when", "when available", "when it's available", "when back in stock", "back in stock", "back-in-stock", "when in stock", "waitlist", "waiting list",
        "benachrichtigen", "sobald verfügbar", "wenn verfügbar", "wieder verfügbar", "prévenez-moi", "m'alerter", "être alerté", "m'avertir", "alerte stock", "avísame", "avisarme", "avisadme", "cuando esté disponible",
        "avise-me", "avise me", "quando disponível", "quando chegar", "avvisami", "quando disponibile", "houd me op de hoogte", "stuur mij een e-mail", "powiadom", "hlídat dostupnost", "hlídat", "strážiť dostupnosť", "strážiť", "upozornit",
        "értesítést kérek", "értesítsen", "notificare", "anunță-mă", "сообщить о поступлении", "уведомить", "сообщить, когда", "повідомити", "bevaka", "meddela mig", "få besked", "giv besked", "varsle meg", "ilmoita", "gelince haber ver", "stoğa gelince",
        "再入荷", "到货通知", "到貨通知", "貨到通知", "재입고", "ενημερώστε με",
    ];

    public static readonly string[] SoldOut = ["soldout", "this listing has ended", "no longer for sale"];

    public static readonly string[] Discontinued =
    [
        "discontinued", "no longer available", "nicht mehr verfügbar", "nicht mehr lieferbar", "n'est plus disponible", "ya no está disponible", "non più disponibile", "niet meer leverbaar",
        "снят с производства", "снято с производства", "produkt wycofany", "ukončený predaj", "ukončen prodej", "utgått", "udgået", "poistunut valikoimasta", "販売終了", "已下架", "已停产",
    ];

    public static readonly string[] OutOfStock =
    [
        // Shops write "sold out" of what may come back; who means that it is gone for good says so in schema.org's word.
        "sold out", "ausverkauft", "agotado", "agotada", "esgotado", "esgotada", "épuisé", "epuise", "esaurito", "esaurita", "uitverkocht", "wyprzedane", "wyprzedany", "vyprodáno", "vypredané", "vypredaný", "rozprodáno", "rasprodano", "razprodano", "rasprodato",
        "распродано", "розпродано", "изчерпан", "slutsåld", "slutsålt", "udsolgt", "utsolgt", "uppselt", "loppuunmyyty", "elfogyott", "epuizat", "tükendi", "išparduota", "izpārdots", "läbi müüdud", "売り切れ", "完売", "售罄", "已售完", "完售", "품절", "hết hàng", "sprzedane", "sprzedany",
        "out of stock", "outofstock", "out-of-stock", "out_of_stock", "not in stock", "currently unavailable", "temporarily unavailable", "unavailable", "not available", "notavailable", "no stock", "currently out",
        "nicht auf lager", "nicht vorrätig", "nicht verfügbar", "derzeit nicht verfügbar", "zurzeit nicht verfügbar", "momentan nicht", "nicht lieferbar", "nicht mehr auf lager",
        "rupture de stock", "en rupture", "indisponible", "actuellement indisponible", "non disponible", "pas en stock", "hors stock",
        "sin stock", "sin existencias", "no disponible", "fuera de stock", "fora de estoque", "sem estoque", "sem stock", "indisponível", "não disponível", "esgotado no momento",
        "non disponibile", "non è disponibile", "attualmente non disponibile", "prodotto terminato",
        "niet op voorraad", "niet beschikbaar", "niet leverbaar", "tijdelijk uitverkocht", "geen voorraad",
        "niedostępny", "niedostępne", "brak w magazynie", "produkt niedostępny", "chwilowo niedostępny",
        "není skladem", "nedostupné", "nie je skladom", "vypredané", "momentálne nedostupné", "momentálně nedostupné", "nincs raktáron", "nincs készleten", "nem elérhető", "nem rendelhető", "jelenleg nem kapható", "není k dispozici", "nedostupný", "nie je k dispozícii", "stoc epuizat", "indisponibil", "nu este in stoc", "nu este în stoc",
        "нет в наличии", "нет на складе", "не в наличии", "товар отсутствует", "недоступен", "немає в наявності", "няма в наличност", "няма наличност",
        "slut i lager", "ej i lager", "tillfälligt slut", "ikke på lager", "ikke tilgjengelig", "ei varastossa", "tilapäisesti loppu", "ei saatavilla", "pole laos", "otsas", "nav pieejams", "nav noliktavā", "neturime", "nėra sandėlyje",
        "ni na zalogi", "nije na stanju", "nije dostupno", "nema na skladištu", "nema na zalihi", "ni na voljo", "nedostupno", "nije dostupan", "εξαντλημένο", "εξαντλήθηκε", "μη διαθέσιμο", "δεν είναι διαθέσιμο", "не е в наличност", "няма на склад", "ناموجود", "स्टॉक में नहीं", "आउट ऑफ स्टॉक", "उपलब्ध नहीं", "স্টকে নেই", "kehabisan stok", "tidak ada stok", "stokta yok", "mevcut değil", "tükenmiştir",
        "在庫なし", "在庫切れ", "品切れ", "缺货", "缺貨", "无货", "無庫存", "补货中", "補貨中", "일시품절", "재고 없음", "สินค้าหมด", "tidak tersedia", "stok habis", "غير متوفر", "نفدت الكمية", "نفذت الكمية", "אזל", "לא במלאי", "לא זמין",
    ];

    public static readonly string[] BackOrder = ["backorder", "back order", "back-order", "on order", "nachbestellt", "sur commande", "bajo pedido", "sob encomenda", "su ordinazione", "op bestelling", "na zamówienie", "na objednávku", "под заказ", "rendelésre", "la comanda", "bestillingsvare", "beställningsvara", "tilaustuote", "お取り寄せ"];

    public static readonly string[] PreOrder = ["preorder", "pre-order", "pre order", "vorbestellen", "vorbestellung", "vorbestellbar", "précommande", "précommander", "preventa", "pré-venda", "pré-encomenda", "prenota", "preordine", "przedsprzedaż", "předobjednávka", "предзаказ", "forhåndsbestill", "forudbestil", "förbeställ", "förhandsboka", "ennakkotila", "予約", "预售", "預購", "예약"];

    public static readonly string[] LimitedAvailability = ["limitedavailability", "limited availability", "limited stock", "low stock", "nur noch", "only a few left", "few left", "letzte stücke", "plus que", "stock limité", "últimas unidades", "pocas unidades", "ultimi pezzi", "laatste stuks", "ostatnie sztuki", "poslední kusy", "få igjen", "få tilbage", "få kvar", "残りわずか"];

    public static readonly string[] InStoreOnly = ["instoreonly", "in store only", "in-store only", "nur in der filiale", "uniquement en magasin", "solo en tienda", "solo in negozio", "alleen in de winkel"];

    public static readonly string[] OnlineOnly = ["onlineonly", "online only", "nur online", "uniquement en ligne", "solo online", "alleen online"];

    public static readonly string[] InStock =
    [
        "in stock", "instock", "in-stock", "in_stock", "stock available", "available now", "available", "ready to ship", "ships today", "ships within", "usually dispatched", "usually ships", "not sold",
        "auf lager", "lagernd", "vorrätig", "sofort verfügbar", "sofort lieferbar", "verfügbar", "lieferbar", "versandfertig", "lieferung in",
        "en stock", "disponible", "expédié sous", "en existencia", "hay stock", "em estoque", "em stock", "disponível", "in magazzino", "disponibile", "disponibilità immediata", "pronta consegna",
        "op voorraad", "leverbaar", "beschikbaar", "w magazynie", "dostępny", "dostępne", "na stanie", "skladem", "dostupné", "na sklade", "skladom", "na zalogi", "na stanju", "raktáron", "készleten", "elérhető", "în stoc", "in stoc", "disponibil",
        "स्टॉक में", "उपलब्ध है", "موجود", "в наличии", "есть в наличии", "на складе", "доступен", "в наявності", "в наличност", "i lager", "på lager", "tilgjengelig", "varastossa", "saatavilla", "laos", "noliktavā", "pieejams", "ir uz vietas", "turime", "yra sandėlyje", "διαθέσιμο", "άμεσα διαθέσιμο", "stokta", "mevcut",
        "在庫あり", "有货", "現貨", "现货", "有庫存", "재고 있음", "มีสินค้า", "còn hàng", "tersedia", "متوفر", "متاح", "במלאי", "זמין במלאי",
    ];

    /// <summary>What says something by itself.</summary>
    public static readonly string[] All =
    [
        .. Discontinued, .. OutOfStock, .. SoldOut, .. PreOrder, .. BackOrder, .. InStoreOnly, .. OnlineOnly, .. LimitedAvailability, .. InStock,
    ];
}
