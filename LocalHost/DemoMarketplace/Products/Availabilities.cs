namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>Names of https://schema.org/ItemAvailability, as spread over a shop's products.</summary>
internal static class Availabilities
{
    public const string InStock = "InStock";
    public const string OutOfStock = "OutOfStock";
    public const string LimitedAvailability = "LimitedAvailability";
    public const string PreOrder = "PreOrder";
    public const string BackOrder = "BackOrder";
    public const string Discontinued = "Discontinued";

    public static IReadOnlyList<string> Common { get; } =
    [
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        InStock,
        OutOfStock,
        OutOfStock,
        OutOfStock,
        LimitedAvailability,
        LimitedAvailability,
        PreOrder,
        BackOrder,
        Discontinued,
    ];

    /// <summary>For shops that only know yes and no.</summary>
    public static IReadOnlyList<string> YesOrNo { get; } =
    [InStock, InStock, InStock, InStock, InStock, InStock, InStock, OutOfStock];
}
