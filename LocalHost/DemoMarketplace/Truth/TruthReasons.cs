namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>Why something is not to be delivered, in the words that a reader of these shops is expected to use.</summary>
internal static class TruthReasons
{
    public const string RobotsDisallowed = "robots-disallowed";
    public const string AddressRefused = "address-refused";
    public const string TimedOut = "timed-out";
    public const string CutOff = "cut-off";
    public const string TooLarge = "too-large";
    public const string TooManyRedirects = "too-many-redirects";
    public const string ProtocolError = "protocol-error";
    public const string Blocked = "blocked";
    public const string BlockedCaptcha = "blocked-captcha";
    public const string NotFound = "not-found";
    public const string HttpError = "http-error";

    public const string NotHtml = "not-html";
    public const string EmptyBody = "empty-body";
    public const string NotAProduct = "not-a-product";
    public const string NoReviews = "no-reviews";
    public const string Duplicate = "duplicate";

    public const string PriceMissing = "price-missing";
    public const string PriceUnreadable = "price-unreadable";
    public const string PriceNotPositive = "price-not-positive";
    public const string GtinCheckDigit = "gtin-check-digit";
}
