namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>The words around the products, in one language.</summary>
internal sealed record PageTexts
{
    public required string Home { get; init; }

    public required string AddToCart { get; init; }

    public required string Description { get; init; }

    public required string Details { get; init; }

    public required string Reviews { get; init; }

    public required string Similar { get; init; }

    public required string Brand { get; init; }

    public required string Sku { get; init; }

    public required string Next { get; init; }

    public required string Previous { get; init; }

    public required string About { get; init; }

    public required string AboutText { get; init; }

    public required string Shipping { get; init; }

    public required string ShippingText { get; init; }

    public required string NotFound { get; init; }

    public required string UsedFrom { get; init; }

    public required string New { get; init; }

    public required string Used { get; init; }

    public required string Refurbished { get; init; }

    /// <summary>By the names of schema.org's ItemAvailability.</summary>
    public required IReadOnlyDictionary<string, string> Availability { get; init; }
}
