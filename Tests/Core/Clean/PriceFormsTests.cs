using System.Globalization;
using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

/// <summary>The forms in which shops of the world write prices: the text, the page's language, the shop's host, and what it says.</summary>
public sealed class PriceFormsTests
{
    /// <summary>Text, language, host, amount (<c>-</c>: none that can be read), currency (<c>-</c>: none said).</summary>
    private const string Table = """
        1.234,56 €|de|shop.de|1234.56|EUR
        1.234,56€|de|shop.de|1234.56|EUR
        € 1.234,56|nl|shop.nl|1234.56|EUR
        €1.234,56|it|shop.it|1234.56|EUR
        EUR 1.234,56|de-AT|shop.at|1234.56|EUR
        1 234,56 €|fr|shop.fr|1234.56|EUR
        1 234,56 €|fr|shop.fr|1234.56|EUR
        1 234,56 €|fr|shop.fr|1234.56|EUR
        1234,56 €|fr|shop.fr|1234.56|EUR
        1 234 €|fr|shop.fr|1234|EUR
        1,234.56|en|shop.com|1234.56|-
        $1,234.56|en-US|shop.com|1234.56|USD
        US$1,234.56|en|shop.com|1234.56|USD
        US $1,234.56|en|shop.com|1234.56|USD
        USD 1,234.56|en|shop.com|1234.56|USD
        1,234.56 USD|en|shop.com|1234.56|USD
        $ 1234|en|shop.com|1234|USD
        $1,234,567.89|en|shop.com|1234567.89|USD
        $.99|en|shop.com|0.99|USD
        $0.99|en|shop.com|0.99|USD
        C$24.99|en-CA|shop.ca|24.99|CAD
        CA$24.99|en|shop.com|24.99|CAD
        $24.99 CAD|en|shop.com|24.99|CAD
        $24.99|en-CA|shop.ca|24.99|CAD
        24,99 $|fr-CA|shop.ca|24.99|CAD
        A$24.99|en-AU|shop.com.au|24.99|AUD
        AU $24.99|en-AU|shop.com.au|24.99|AUD
        NZ$24.99|en-NZ|shop.co.nz|24.99|NZD
        S$24.90|en-SG|shop.sg|24.90|SGD
        HK$240|en-HK|shop.hk|240|HKD
        NT$1,290|zh-TW|shop.tw|1290|TWD
        £1,234.50|en-GB|shop.co.uk|1234.50|GBP
        £12|en-GB|shop.co.uk|12|GBP
        GBP 12.50|en-GB|shop.co.uk|12.50|GBP
        99p|en-GB|shop.co.uk|0.99|GBP
        5p|en-GB|shop.co.uk|0.05|GBP
        99¢|en-US|shop.com|0.99|USD
        1'234.50|de-CH|shop.ch|1234.50|-
        CHF 1'234.50|de-CH|shop.ch|1234.50|CHF
        CHF 1’234.50|fr-CH|shop.ch|1234.50|CHF
        1'234.-|de-CH|shop.ch|1234|-
        CHF 1'234.-|de-CH|shop.ch|1234|CHF
        CHF 12.–|de-CH|shop.ch|12|CHF
        CHF 12.—|de-CH|shop.ch|12|CHF
        Fr. 12.50|de-CH|shop.ch|12.50|CHF
        SFr. 12.50|de-CH|shop.ch|12.50|CHF
        12.50 CHF|it-CH|shop.ch|12.50|CHF
        19,- €|de|shop.de|19|EUR
        19,– €|de|shop.de|19|EUR
        19,-|nl|shop.nl|19|-
        € 19,-|nl|shop.nl|19|EUR
        ab 12,50 €|de|shop.de|12.50|EUR
        Ab 12,50 EUR*|de|shop.de|12.50|EUR
        ab 1.299,00 €|de|shop.de|1299|EUR
        à partir de 12,50 €|fr|shop.fr|12.50|EUR
        dès 12,50 €|fr|shop.fr|12.50|EUR
        desde 12,50 €|es|shop.es|12.50|EUR
        a partir de R$ 12,50|pt-BR|shop.com.br|12.50|BRL
        da 12,50 €|it|shop.it|12.50|EUR
        vanaf € 12,50|nl|shop.nl|12.50|EUR
        od 129,00 zł|pl|shop.pl|129|PLN
        fra 129,00 kr|da|shop.dk|129|DKK
        från 129 kr|sv|shop.se|129|SEK
        from $12.50|en|shop.com|12.50|USD
        As low as $12.50|en|shop.com|12.50|USD
        10 – 20 €|de|shop.de|10|EUR
        10,00 € - 20,00 €|de|shop.de|10|EUR
        $10 - $20|en|shop.com|10|USD
        $10.00–$20.00|en|shop.com|10|USD
        £15.00 to £45.00|en-GB|shop.co.uk|15|GBP
        12,50 € bis 19,90 €|de|shop.de|12.50|EUR
        De R$ 10,00 até R$ 20,00|pt-BR|shop.com.br|10|BRL
        ¥1,200 ~ ¥2,400|ja|shop.jp|1200|JPY
        R$ 1.234,50|pt-BR|shop.com.br|1234.50|BRL
        R$1.234,50|pt-BR|shop.com.br|1234.50|BRL
        R$ 99|pt-BR|shop.com.br|99|BRL
        $24.990|es-CL|shop.cl|24990|CLP
        $ 1.234.567|es-CO|shop.com.co|1234567|COP
        $1.234,50|es-AR|shop.com.ar|1234.50|ARS
        $1,234.50|es-MX|shop.com.mx|1234.50|MXN
        MX$1,234.50|es-MX|shop.com|1234.50|MXN
        S/ 1,234.50|es-PE|shop.pe|1234.50|PEN
        S/. 99.90|es-PE|shop.pe|99.90|PEN
        ₡12 500|es-CR|shop.cr|12500|CRC
        ₲ 125.000|es-PY|shop.py|125000|PYG
        129,00 zł|pl|shop.pl|129|PLN
        1 299,00 zł|pl|shop.pl|1299|PLN
        1299 PLN|pl|shop.pl|1299|PLN
        1 299 kr|sv|shop.se|1299|SEK
        1 299:-|sv|shop.se|1299|-
        1.299,00 kr.|da|shop.dk|1299|DKK
        kr. 1.299,-|da|shop.dk|1299|DKK
        kr 1 299,-|nb|shop.no|1299|NOK
        12.990 kr.|is|shop.is|12990|ISK
        24,90 €|fi|shop.fi|24.90|EUR
        1 490 Kč|cs|shop.cz|1490|CZK
        1.490,- Kč|cs|shop.cz|1490|CZK
        149,90 Kč|cs|shop.cz|149.90|CZK
        12 990 Ft|hu|shop.hu|12990|HUF
        12.990 Ft|hu|shop.hu|12990|HUF
        249,99 Lei|ro|shop.ro|249.99|RON
        1.249,99 RON|ro|shop.ro|1249.99|RON
        29,90 лв.|bg|shop.bg|29.90|BGN
        1.299,00 RSD|sr|shop.rs|1299|RSD
        12 990 ₽|ru|shop.ru|12990|RUB
        12 990 руб.|ru|shop.ru|12990|RUB
        1 299,50 ₴|uk|shop.ua|1299.50|UAH
        1299 грн|uk|shop.ua|1299|UAH
        44 890 ₸|kk|shop.kz|44890|KZT
        1.249,90 TL|tr|shop.com.tr|1249.90|TRY
        ₺1.249,90|tr|shop.com.tr|1249.90|TRY
        129,90 ₪|he|shop.co.il|129.90|ILS
        ₪129.90|he|shop.co.il|129.90|ILS
        ١٬٢٣٤٫٥٠ ر.س|ar|shop.sa|1234.50|SAR
        ١٢٣٤ ر.س|ar|shop.sa|1234|SAR
        1,234.50 ر.س|ar|shop.sa|1234.50|SAR
        SAR 1,234.50|en|shop.sa|1234.50|SAR
        AED 99.00|en|shop.ae|99|AED
        ٩٩٫٩٩ د.إ|ar|shop.ae|99.99|AED
        12.500 د.ك|ar|shop.com.kw|12.5|KWD
        KD 12.500|en|shop.com.kw|12.5|KWD
        ۱٬۲۹۰٬۰۰۰ تومان|fa|shop.ir|1290000|IRR
        ۱۲۹۰۰۰ ریال|fa|shop.ir|129000|IRR
        ₹1,29,999|en-IN|shop.in|129999|INR
        ₹ १,२९,९९९|hi|shop.in|129999|INR
        Rs. 2,433.00|en-IN|shop.in|2433|INR
        Rs 23,450|en-PK|shop.pk|23450|PKR
        ৳ ১,২৯৯|bn|shop.com.bd|1299|BDT
        ¥1,200|ja|shop.jp|1200|JPY
        1,200円|ja|shop.jp|1200|JPY
        ￥１，２００|ja|shop.jp|1200|JPY
        1,200円（税込）|ja|shop.jp|1200|JPY
        ¥299.00|zh-CN|shop.cn|299|CNY
        299元|zh-CN|shop.cn|299|CNY
        45,000원|ko|shop.kr|45000|KRW
        ₩45,000|ko|shop.kr|45000|KRW
        ฿1,290|th|shop.co.th|1290|THB
        1,290 บาท|th|shop.co.th|1290|THB
        ๑,๒๙๐ บาท|th|shop.co.th|1290|THB
        1.290.000 ₫|vi|shop.vn|1290000|VND
        1.290.000đ|vi|shop.vn|1290000|VND
        Rp 129.000|id|shop.co.id|129000|IDR
        Rp129.000,00|id|shop.co.id|129000|IDR
        RM 1,299.90|ms|shop.my|1299.90|MYR
        ₱1,299.00|en-PH|shop.ph|1299|PHP
        R 1 299.00|en-ZA|shop.co.za|1299|ZAR
        R1,299.00|en-ZA|shop.co.za|1299|ZAR
        ₦12,500|en-NG|shop.ng|12500|NGN
        KSh 12,500|en-KE|shop.co.ke|12500|KES
        99€95|fr|shop.fr|99.95|EUR
        12€|fr|shop.fr|12|EUR
        Price: $45 plus tax|en|shop.com|45|USD
        Now only £9.99!|en-GB|shop.co.uk|9.99|GBP
        3 for £10|en-GB|shop.co.uk|10|GBP
        -20% 15,00 €|de|shop.de|15|EUR
        15,00 €/Stück|de|shop.de|15|EUR
        15,00 € inkl. MwSt.|de|shop.de|15|EUR
        2879.2|en|shop.com|2879.2|-
        2879.20|en|shop.com|2879.20|-
        free|en|shop.com|0|-
        FREE!|en|shop.com|0|-
        gratis|es|shop.es|0|-
        kostenlos|de|shop.de|0|-
        無料|ja|shop.jp|0|-
        call us|en|shop.com|-|-
        Call for price|en|shop.com|-|-
        Price on request|en|shop.com|-|-
        Preis auf Anfrage|de|shop.de|-|-
        Prix sur demande|fr|shop.fr|-|-
        Цена по запросу|ru|shop.ru|-|-
        n/a|en|shop.com|-|-
        TBD|en|shop.com|-|-
        50 %|de|shop.de|-|-
        12.05.2024|de|shop.de|-|-
        {{ price }}|en|shop.com|-|-
        """;

    private static IEnumerable<TestCaseData> Forms() =>
        Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim('\r').Split('|')).Select(form => new TestCaseData(form[0], form[1], form[2], form[3], form[4]).SetArgDisplayNames(form[0], form[1]));

    [TestCaseSource(nameof(Forms))]
    public void Read_WrittenForm_GivesAmountAndCurrency(string text, string language, string host, string amount, string currency)
    {
        var stated = CurrencyResolver.OfCountry(language, host);

        var reading = PriceText.Read(text, new NumberHints(language, stated));

        Assert.That(reading?.Amount, Is.EqualTo(amount == "-" ? (decimal?)null : decimal.Parse(amount, CultureInfo.InvariantCulture)));
        Assert.That(CurrencyResolver.Resolve(reading?.CurrencyMark, language, host) ?? "-", Is.EqualTo(currency));
    }

    [Test]
    public void Forms_Count_IsAHundredAndTwentyAndMore() => Assert.That(Forms().Select(form => (form.Arguments[0], form.Arguments[1])).Distinct().Count(), Is.GreaterThanOrEqualTo(120));
}
