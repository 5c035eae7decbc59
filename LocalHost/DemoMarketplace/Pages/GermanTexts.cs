namespace Marketline.LocalHost.DemoMarketplace.Pages;

internal static class GermanTexts
{
    public static PageTexts Texts { get; } =
        new()
        {
            Home = "Startseite",
            AddToCart = "In den Warenkorb",
            Description = "Beschreibung",
            Details = "Produktdaten",
            Reviews = "Kundenbewertungen",
            Similar = "Das könnte Ihnen auch gefallen",
            Brand = "Marke",
            Sku = "Artikelnummer",
            Next = "Nächste Seite",
            Previous = "Vorherige Seite",
            About = "Über uns",
            AboutText = "Familienbetrieb seit 1987. Jedes Stück im Sortiment haben wir selbst ausgesucht.",
            Shipping = "Versand und Rückgabe",
            ShippingText = "Versand an jedem Werktag. Rückgabe innerhalb von 30 Tagen, für Sie kostenlos.",
            NotFound = "Diese Seite gibt es leider nicht.",
            UsedFrom = "Gebraucht ab",
            New = "Neu",
            Used = "Gebraucht",
            Refurbished = "Generalüberholt",
            Availability = new Dictionary<string, string>
            {
                ["InStock"] = "Auf Lager, Lieferung in 2–3 Werktagen",
                ["OutOfStock"] = "Zurzeit nicht lieferbar",
                ["LimitedAvailability"] = "Nur noch wenige Stück verfügbar",
                ["PreOrder"] = "Jetzt vorbestellen",
                ["BackOrder"] = "Nachbestellt, Lieferzeit 3 Wochen",
                ["Discontinued"] = "Nicht mehr im Sortiment",
            },
        };
}
