namespace Marketline.Core.Clean;

/// <summary>The rules' stable names: they stand in quarantine, in lineage and in the API, and never change their meaning.</summary>
public static class CleanRules
{
    /// <summary>Rejects: a price stands there, but can not be read without guessing; or words that are none ("on request").</summary>
    public const string PriceUnreadable = "price-unreadable";

    /// <summary>Rejects: zero or less is no price (it is what failed reads and empty fields turn into). Of an offer that is gone only the price is dropped.</summary>
    public const string PriceNotPositive = "price-not-positive";

    /// <summary>Rejects in price crawls: no price, and the offer is not said to be gone.</summary>
    public const string PriceMissing = "price-missing";

    /// <summary>Rejects: neither name nor price nor identifier.</summary>
    public const string RecordEmpty = "record-empty";

    /// <summary>Rejects: the batch already has this object.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Rejects: neither text nor rating.</summary>
    public const string ReviewEmpty = "review-empty";

    /// <summary>Drops the field: not 8, 12, 13 or 14 digits with a right check digit.</summary>
    public const string GtinCheckDigit = "gtin-check-digit";

    /// <summary>Drops the currency and keeps the price: the amount is still evidence, and compared within one shop only.</summary>
    public const string CurrencyUnknown = "currency-unknown";

    /// <summary>Keeps the sign that stands beside the number and drops what the markup says.</summary>
    public const string CurrencyConflict = "currency-conflict";

    /// <summary>Drops the field.</summary>
    public const string ListPriceUnreadable = "list-price-unreadable";

    /// <summary>Drops the field.</summary>
    public const string AvailabilityUnknown = "availability-unknown";

    /// <summary>Drops the field: no number, or not on its scale.</summary>
    public const string RatingUnreadable = "rating-unreadable";

    /// <summary>Drops the field: no date, or one after the page was seen.</summary>
    public const string DateUnreadable = "date-unreadable";
}
