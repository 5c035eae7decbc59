using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

public sealed class PriceTextTests
{
    [TestCase("1.234,56 €", "de", 1234.56, "€")]
    [TestCase("1 234,56", "fr", 1234.56, null)]
    [TestCase("1\u00a0234,56\u00a0€", "fr", 1234.56, "€")]
    [TestCase("1\u202f234,56 EUR", "fr", 1234.56, "EUR")]
    [TestCase("$1,234.56", "en", 1234.56, "$")]
    [TestCase("USD 1,234", "en", 1234, "USD")]
    [TestCase("1'234.-", "de-CH", 1234, null)]
    [TestCase("CHF 1’234.50", "de-CH", 1234.50, "CHF")]
    [TestCase("19,- €", "de", 19, "€")]
    [TestCase("499:-", "sv", 499, null)]
    [TestCase("₹1,23,456.00", "en-IN", 123456, "₹")]
    [TestCase("¥12,800", "ja", 12800, "¥")]
    [TestCase("12,800円", "ja", 12800, "円")]
    [TestCase("R$ 1.759,99", "pt-BR", 1759.99, "R$")]
    [TestCase("1 299 kr", "sv", 1299, "kr")]
    [TestCase("kr 1.299,00", "da", 1299, "kr")]
    [TestCase("24,99 zł", "pl", 24.99, "zł")]
    [TestCase("99€95", "fr", 99.95, "€")]
    [TestCase("١٬٢٣٤٫٥٠ ر.س", "ar", 1234.50, "ر.س")]
    [TestCase("99 ر.س.", "ar", 99, "ر.س.")]
    [TestCase("۱۲۳۴ تومان", "fa", 1234, "تومان")]
    [TestCase("५०० ₹", "hi", 500, "₹")]
    [TestCase("３，９８０円", "ja", 3980, "円")]
    [TestCase("0.99", "en", 0.99, null)]
    [TestCase("67.8400", "en", 67.84, null)]
    [TestCase("$100", "en", 100, "$")]
    [TestCase("Price: $45 plus tax", "en", 45, "$")]
    [TestCase("3 Stück für 9,99 €", "de", 9.99, "€")]
    [TestCase("12x $ 99.00", "en", 99, "$")]
    [TestCase("-20% 15,00 €", "de", 15, "€")]
    [TestCase("44 890 тг.", "ru", 44890, "тг.")]
    [TestCase("Rs. 2,433", "en-IN", 2433, "Rs.")]
    public void Read_WrittenForm_GivesAmountAndMark(string text, string language, decimal amount, string? mark)
    {
        var reading = PriceText.Read(text, new NumberHints(language));

        Assert.That(reading, Is.Not.Null);
        Assert.That((reading.Amount, reading.CurrencyMark), Is.EqualTo((amount, mark)));
    }

    [TestCase("ab 5 €", 5, PriceNotes.From)]
    [TestCase("from $10.50", 10.50, PriceNotes.From)]
    [TestCase("30,000원~", 30000, PriceNotes.From)]
    [TestCase("10 – 20 €", 10, PriceNotes.Range)]
    [TestCase("$19.99 to $29.99", 19.99, PriceNotes.Range)]
    [TestCase("€ 5,00 bis € 9,00", 5, PriceNotes.Range)]
    [TestCase(" 71,91 € 79,90 € ", 71.91, PriceNotes.Several)]
    [TestCase("9,99 €", 9.99, PriceNotes.None)]
    public void Read_NotPlain_TellsWhat(string text, decimal amount, PriceNotes notes)
    {
        var reading = PriceText.Read(text, new NumberHints("de"));

        Assert.That((reading?.Amount, reading?.Notes & ~PriceNotes.Doubtful), Is.EqualTo(((decimal?)amount, (PriceNotes?)notes)));
    }

    [TestCase("1.234", "de", null, false, 1234)]
    [TestCase("1.234", "en", null, false, 1234)]
    [TestCase("1,234", "de", null, false, 1234)]
    [TestCase("1.234", "en", "EUR", true, 1.234)]
    [TestCase("1.234", "de", "EUR", true, 1234)]
    [TestCase("24.990", "es-CL", "CLP", true, 24990)]
    [TestCase("1.250", "ar", "KWD", false, 1.250)]
    [TestCase("0.125", "en", null, false, 0.125)]
    public void Read_OneSeparatorBeforeThreeDigits_FollowsLanguageAndCurrency(string text, string language, string? currency, bool isMachineForm, decimal amount)
    {
        var reading = PriceText.Read(text, new NumberHints(language, currency, isMachineForm));

        Assert.That(reading?.Amount, Is.EqualTo(amount));
    }

    [TestCase("-5,00 €", -5)]
    [TestCase("−5,00 €", -5)]
    [TestCase("$-5.00", -5)]
    [TestCase("0,00 €", 0)]
    [TestCase("free", 0)]
    [TestCase("Kostenlos", 0)]
    public void Read_NotPositive_SaysSo(string text, decimal amount)
    {
        var reading = PriceText.Read(text);

        Assert.That(reading?.Amount, Is.EqualTo(amount));
    }

    [TestCase("")]
    [TestCase("call us")]
    [TestCase("12.05.2024")]
    [TestCase("1.2.3.4")]
    [TestCase("50 %")]
    [TestCase("only 12 customers have looked at this today")]
    [TestCase("99999999999999999999")]
    [TestCase("NaN")]
    public void Read_NoPrice_GivesNull(string text)
    {
        var reading = PriceText.Read(text);

        Assert.That(reading, Is.Null);
    }

    [TestCase("Call for price", true)]
    [TestCase("Preis auf Anfrage", true)]
    [TestCase("по запросу", true)]
    [TestCase("call 555 1234", false)]
    [TestCase("12,00 €", false)]
    public void SaysNoPrice_Text_TellsWordsFromNumbers(string text, bool expected)
    {
        var says = PriceText.SaysNoPrice(text);

        Assert.That(says, Is.EqualTo(expected));
    }
}
