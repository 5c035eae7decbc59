namespace Marketline.LocalHost.DemoMarketplace.Pages;

internal static class NorwegianTexts
{
    public static PageTexts Texts { get; } =
        new()
        {
            Home = "Hjem",
            AddToCart = "Legg i handlekurv",
            Description = "Om produktet",
            Details = "Spesifikasjoner",
            Reviews = "Omtaler",
            Similar = "Lignende varer",
            Brand = "Merke",
            Sku = "Varenummer",
            Next = "Neste side",
            Previous = "Forrige side",
            About = "Om oss",
            AboutText = "Familiebedrift siden 1987. Vi velger hver vare selv og svarer på telefonen.",
            Shipping = "Frakt og retur",
            ShippingText = "Vi sender hver virkedag. Gratis retur innen 30 dager.",
            NotFound = "Vi fant dessverre ikke siden.",
            UsedFrom = "Brukt fra",
            New = "Ny",
            Used = "Brukt",
            Refurbished = "Overhalt",
            Availability = new Dictionary<string, string>
            {
                ["InStock"] = "På lager",
                ["OutOfStock"] = "Ikke på lager",
                ["LimitedAvailability"] = "Få igjen på lager",
                ["PreOrder"] = "Kan forhåndsbestilles",
                ["BackOrder"] = "Bestillingsvare",
                ["Discontinued"] = "Utgått",
            },
        };
}
