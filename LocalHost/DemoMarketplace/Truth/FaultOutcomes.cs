using Marketline.LocalHost.DemoMarketplace.Faults;

namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>What is to become of a page with a fault.</summary>
internal static class FaultOutcomes
{
    /// <returns>The outcome for all who look, or null when the page can be read and its content decides.</returns>
    public static ExpectedOutcome? Of(FaultKind kind) =>
        kind switch
        {
            FaultKind.RateLimitedAlways or FaultKind.Forbidden => ExpectedOutcome.Failed(TruthReasons.Blocked),
            FaultKind.HumanCheck => ExpectedOutcome.Failed(TruthReasons.BlockedCaptcha),
            FaultKind.ServerErrorAlways => ExpectedOutcome.Failed(TruthReasons.HttpError),
            FaultKind.NotFound => ExpectedOutcome.Failed(TruthReasons.NotFound),
            FaultKind.StallsBeforeHeaders or FaultKind.StallsInBody => ExpectedOutcome.Failed(TruthReasons.TimedOut),
            FaultKind.CutOffLength or FaultKind.CutOffChunked => ExpectedOutcome.Failed(TruthReasons.CutOff),
            FaultKind.HugePage or FaultKind.GzipBomb => ExpectedOutcome.Failed(TruthReasons.TooLarge),
            FaultKind.NotReallyGzip => ExpectedOutcome.Failed(TruthReasons.ProtocolError),
            FaultKind.RedirectLoop or FaultKind.RedirectEndless => ExpectedOutcome.Failed(
                TruthReasons.TooManyRedirects
            ),
            FaultKind.RedirectToMetadata or FaultKind.RedirectToMappedMetadata => ExpectedOutcome.Failed(
                TruthReasons.AddressRefused
            ),
            FaultKind.PdfBody or FaultKind.PngBodyAsHtml => ExpectedOutcome.Quarantined(TruthReasons.NotHtml),
            FaultKind.EmptyBody => ExpectedOutcome.Quarantined(TruthReasons.EmptyBody),
            _ => null,
        };

    /// <summary>For a page that can be read: what its price comes to for those who look for products, and for prices only.</summary>
    public static (ExpectedOutcome Products, ExpectedOutcome Prices) OfPrice(FaultKind kind, string? availability) =>
        kind switch
        {
            // Of what is gone nobody needs a price.
            FaultKind.NoPrice or FaultKind.PriceOnRequest or FaultKind.ZeroPrice when availability is "OutOfStock" or "Discontinued" => Both(ExpectedOutcome.Delivered),
            FaultKind.NoPrice => (ExpectedOutcome.Delivered, ExpectedOutcome.Quarantined(TruthReasons.PriceMissing)),
            FaultKind.PriceOnRequest => Both(ExpectedOutcome.Quarantined(TruthReasons.PriceUnreadable)),
            FaultKind.ZeroPrice => Both(ExpectedOutcome.Quarantined(TruthReasons.PriceNotPositive)),
            _ => Both(ExpectedOutcome.Delivered),
        };

    private static (ExpectedOutcome Products, ExpectedOutcome Prices) Both(ExpectedOutcome outcome) =>
        (outcome, outcome);
}
