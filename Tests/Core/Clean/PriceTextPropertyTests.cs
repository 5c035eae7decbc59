using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

/// <summary>Whatever is written in one of the supported forms reads back.</summary>
public sealed class PriceTextPropertyTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_260_101UL, 4_711UL);

    private static readonly Arbitrary<decimal> Amounts = Gen.Choose(1, int.MaxValue)
        .Select(cents => cents / 100m)
        .ToArbitrary();

    private static readonly (string Name, Func<decimal, string> Write, string Language)[] Forms =
    [
        ("1,234.56", amount => Grouped(amount, ",", "."), "en"),
        ("1.234,56", amount => Grouped(amount, ".", ","), "de"),
        ("1 234,56", amount => Grouped(amount, " ", ","), "fr"),
        ("1 234,56 with no-break space", amount => Grouped(amount, "\u00a0", ","), "cs"),
        ("1 234,56 with narrow no-break space", amount => Grouped(amount, "\u202f", ","), "fr"),
        ("1'234.56", amount => Grouped(amount, "'", "."), "de-CH"),
        ("1234.56", amount => Grouped(amount, "", "."), "en"),
        ("1234,56", amount => Grouped(amount, "", ","), "it"),
        ("Arabic digits", amount => InDigits(Grouped(amount, "\u066c", "\u066b"), '\u0660'), "ar"),
        ("Persian digits", amount => InDigits(Grouped(amount, "\u066c", "\u066b"), '\u06f0'), "fa"),
        ("Devanagari digits", amount => InDigits(Grouped(amount, ",", "."), '\u0966'), "hi"),
    ];

    private static readonly (string Name, Func<string, string> Write)[] Surroundings =
    [
        ("alone", number => number),
        ("sign before", number => "€" + number),
        ("sign behind", number => $"{number} €"),
        ("code before", number => $"EUR {number}"),
        ("blanks around", number => $" \n{number}\u00a0€\t"),
        ("words before", number => $"Preis: {number} €"),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from form in Forms
        from surrounding in Surroundings
        select new TestCaseData(form.Write, surrounding.Write, form.Language).SetArgDisplayNames(form.Name, surrounding.Name);

    [TestCaseSource(nameof(Cases))]
    public void Read_AnyAmountInForm_ReadsBack(Func<decimal, string> write, Func<string, string> surround, string language)
    {
        var property = Prop.ForAll(Amounts, amount => PriceText.Read(surround(write(amount)), new NumberHints(language))?.Amount == amount);

        Assert.DoesNotThrow(() => property.Check(Repeatable));
    }

    [Test]
    public void Read_AnyText_NeverThrows()
    {
        var texts = Gen.Elements("0123456789.,' -€$%x:~()١٢kr\u00a0円EURa".ToCharArray()).ArrayOf().Select(characters => new string(characters)).ToArbitrary();
        var property = Prop.ForAll(
            texts,
            text =>
            {
                PriceText.Read(text);
                return true;
            }
        );

        Assert.DoesNotThrow(() => property.Check(Repeatable.WithMaxTest(5_000)));
    }

    private static string Grouped(decimal amount, string group, string point)
    {
        var parts = amount.ToString("F2", CultureInfo.InvariantCulture).Split('.');
        var whole = parts[0];
        for (var index = whole.Length - 3; index > 0; index -= 3)
        {
            whole = whole.Insert(index, group);
        }

        return whole + point + parts[1];
    }

    private static string InDigits(string text, char zero) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (char)(zero + (c - '0')) : c));
}
