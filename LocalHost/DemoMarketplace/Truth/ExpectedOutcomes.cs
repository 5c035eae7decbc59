namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>The same address gives different results to those who look for products, for prices only, and for reviews.</summary>
public sealed record ExpectedOutcomes(ExpectedOutcome Products, ExpectedOutcome Prices, ExpectedOutcome Reviews)
{
    internal static ExpectedOutcomes All(ExpectedOutcome outcome) => new(outcome, outcome, outcome);
}
