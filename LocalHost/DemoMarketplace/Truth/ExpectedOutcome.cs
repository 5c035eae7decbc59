namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>What is to become of an address.</summary>
/// <param name="State"><c>delivered</c>, <c>filtered</c>, <c>quarantined</c> or <c>failed</c>.</param>
/// <param name="Reason">Null when delivered; for a quarantined one, the rule.</param>
public sealed record ExpectedOutcome(string State, string? Reason = null)
{
    internal static ExpectedOutcome Delivered { get; } = new("delivered");

    internal static ExpectedOutcome Filtered(string reason) => new("filtered", reason);

    internal static ExpectedOutcome Quarantined(string rule) => new("quarantined", rule);

    internal static ExpectedOutcome Failed(string reason) => new("failed", reason);
}
