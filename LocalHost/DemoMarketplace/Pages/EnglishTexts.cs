namespace Marketline.LocalHost.DemoMarketplace.Pages;

internal static class EnglishTexts
{
    public static PageTexts Texts { get; } =
        new()
        {
            Home = "Home",
            AddToCart = "Add to basket",
            Description = "About this product",
            Details = "Details",
            Reviews = "Customer reviews",
            Similar = "You may also like",
            Brand = "Brand",
            Sku = "Item number",
            Next = "Next page",
            Previous = "Previous page",
            About = "About us",
            AboutText = "A family business since 1987. We pick every product ourselves and answer the phone in person.",
            Shipping = "Shipping and returns",
            ShippingText = "We ship every working day. Return anything within 30 days, free of charge.",
            NotFound = "We could not find the page you were looking for.",
            UsedFrom = "Used from",
            New = "New",
            Used = "Used - good",
            Refurbished = "Refurbished",
            Availability = new Dictionary<string, string>
            {
                ["InStock"] = "In stock",
                ["OutOfStock"] = "Out of stock",
                ["LimitedAvailability"] = "Only a few left",
                ["PreOrder"] = "Available for pre-order",
                ["BackOrder"] = "On back order",
                ["Discontinued"] = "Discontinued",
            },
        };
}
