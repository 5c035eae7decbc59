using System.Buffers;
using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>The rules for price, currency and list price.</summary>
internal static class PriceCleaner
{
    private const decimal MaxShipping = 1_000_000_000;
    private static readonly SearchValues<char> MachineCharacters = SearchValues.Create("0123456789.");

    /// <returns>False when the record must be rejected; the reason is then among the reader's violations.</returns>
    public static bool TryRead(FieldReader fields, CleanContext context, Availability? availability, out CleanPrice price)
    {
        price = default;
        if (fields.Raw(FieldNames.Price) is not { } raw)
        {
            return true;
        }

        var stated = StatedCurrency(fields, context);
        var reading = PriceText.Read(raw.Text, Hints(raw, fields.Source.Language, stated));
        if (reading is not { Amount: > 0 })
        {
            fields.Report(reading is null ? CleanRules.PriceUnreadable : CleanRules.PriceNotPositive, FieldNames.Price);
            // Shops write 0 where there is nothing to buy: that it is gone is worth telling.
            return AvailabilityText.IsGone(availability);
        }

        var currency = Currency(fields, context, stated, reading.CurrencyMark);
        price = new CleanPrice(Rounded(reading.Amount), currency, ListPrice(fields, currency, reading.Amount));
        return true;
    }

    /// <summary>Null where nothing is said, or nothing that can be read: a missing shipping price says nothing of the offer.</summary>
    public static decimal? Shipping(FieldReader fields, string? currency) =>
        fields.Raw(FieldNames.ShippingPrice) is { } raw && PriceText.Read(raw.Text, Hints(raw, fields.Source.Language, currency)) is { Amount: >= 0 and < MaxShipping } reading
            ? Rounded(reading.Amount)
            : null;

    private static NumberHints Hints(RawField raw, string? language, string? currency)
    {
        var isMachineForm = raw.Source != ExtractionSource.Visible && raw.Text.AsSpan().Trim().IndexOfAnyExcept(MachineCharacters) < 0;
        return new NumberHints(language, currency, isMachineForm);
    }

    private static string? StatedCurrency(FieldReader fields, CleanContext context) =>
        CurrencyResolver.Resolve(fields.Plain(FieldNames.PriceCurrency, 20), fields.Source.Language, context.Host);

    private static string? Currency(FieldReader fields, CleanContext context, string? stated, string? mark)
    {
        var marked = CurrencyResolver.Resolve(mark, fields.Source.Language, context.Host);
        if (stated is null && fields.Raw(FieldNames.PriceCurrency) is not null)
        {
            fields.Report(CleanRules.CurrencyUnknown, FieldNames.PriceCurrency);
        }

        var isConflict = stated is not null && mark is not null && !CurrencyResolver.MayMean(mark, stated);
        if (isConflict)
        {
            fields.Report(CleanRules.CurrencyConflict, FieldNames.PriceCurrency);
        }

        return isConflict ? marked : stated ?? marked;
    }

    private static decimal? ListPrice(FieldReader fields, string? currency, decimal price)
    {
        if (fields.Raw(FieldNames.ListPrice) is not { } raw || PriceText.SaysNoPrice(raw.Text))
        {
            return null;
        }

        var reading = PriceText.Read(raw.Text, Hints(raw, fields.Source.Language, currency));
        if (reading is null)
        {
            fields.Report(CleanRules.ListPriceUnreadable, FieldNames.ListPrice);
        }

        return reading?.Amount > price ? Rounded(reading.Amount) : null;
    }

    /// <summary>Four decimals are more than any currency has; trailing zeros go, so that 2879.2 and 2879.20 are written alike.</summary>
    private static decimal Rounded(decimal amount) => Math.Round(amount, 4, MidpointRounding.AwayFromZero) / 1.0000000000000000000000000000m;
}
