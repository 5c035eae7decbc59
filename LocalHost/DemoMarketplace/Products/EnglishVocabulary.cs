namespace Marketline.LocalHost.DemoMarketplace.Products;

internal static class EnglishVocabulary
{
    public static Vocabulary Words { get; } =
        new()
        {
            Categories =
            [
                new(
                    "Kitchen",
                    "Cookware",
                    "cookware",
                    12,
                    240,
                    ["Frying Pan", "Saucepan", "Stock Pot", "Casserole", "Wok"]
                ),
                new(
                    "Kitchen",
                    "Coffee",
                    "coffee",
                    9,
                    1400,
                    ["Espresso Machine", "Coffee Grinder", "Milk Frother", "Kettle"]
                ),
                new(
                    "Outdoor",
                    "Camping",
                    "camping",
                    8,
                    690,
                    ["Tent", "Sleeping Bag", "Camping Stove", "Headlamp", "Hammock"]
                ),
                new(
                    "Outdoor",
                    "Cycling",
                    "cycling",
                    6,
                    2600,
                    ["City Bike", "Bike Helmet", "Bike Lock", "Pannier", "Pedals"]
                ),
                new(
                    "Electronics",
                    "Audio",
                    "audio",
                    15,
                    1900,
                    ["Headphones", "Bookshelf Speakers", "Turntable", "Soundbar"]
                ),
                new(
                    "Electronics",
                    "Photo",
                    "photo",
                    19,
                    3200,
                    ["Camera", "Tripod", "Camera Bag", "Flash", "Lens 50 mm"]
                ),
                new(
                    "Home",
                    "Lighting",
                    "lighting",
                    7,
                    420,
                    ["Desk Lamp", "Floor Lamp", "Pendant Light", "Light Strip"]
                ),
                new("Home", "Furniture", "furniture", 29, 1800, ["Armchair", "Bookcase", "Side Table", "Office Chair"]),
            ],
            Brands =
            [
                "Northvale",
                "Halden & Co",
                "Tarn",
                "Kestrel",
                "Brightwater",
                "Osprey Bay",
                "Lumenor",
                "Fennel",
                "Quarry",
                "Wrenfield",
                "Arkwright",
                "Solace",
                "Pinehurst",
                "O'Dell",
                "Voltaire Audio",
                "Greyfriar",
            ],
            Series = ["Classic", "Pro", "Nomad", "Studio", "Lite", "Heritage", "Max", "Compact", "Urban", "Summit"],
            DescriptionSentences =
            [
                "Made to be used every day, and to be repaired rather than replaced.",
                "Every part is tested before it leaves the workshop.",
                "The surface cleans with a damp cloth & needs no special care.",
                "Spare parts stay available for at least ten years.",
                "Designed in a small studio and built from recycled material where that lasts.",
                "Comes with everything needed to start, in plain cardboard.",
                "It weighs less than it looks and stands firmly on uneven ground.",
                "Small enough for a flat, sturdy enough for a family.",
            ],
            GivenNames =
            [
                "Alice",
                "Ben",
                "Chloe",
                "Daniel",
                "Erin",
                "Farah",
                "George",
                "Hannah",
                "Imran",
                "Joan",
                "Kit",
                "Liam",
            ],
            FamilyNames =
            [
                "Archer",
                "Bell",
                "Carver",
                "Dunn",
                "Ellis",
                "Frost",
                "Gupta",
                "Harper",
                "Ives",
                "Jones",
                "Khan",
            ],
            ReviewSentences =
            [
                [
                    "Broke after a week.",
                    "The parcel was damaged and nobody answered.",
                    "Not what the pictures show.",
                    "I sent it back.",
                    "Far too loud for a small room.",
                ],
                [
                    "Does what it should, no more.",
                    "Decent, but the manual is hard to read.",
                    "Good idea, average finish.",
                    "Fine for the price.",
                    "The colour differs a little from the photo.",
                ],
                [
                    "Exactly what I was looking for.",
                    "Solid, well made and quickly delivered.",
                    "My second one, still happy.",
                    "Looks even better than in the pictures.",
                    "I would buy it again at once.",
                    "Quiet, light and easy to clean.",
                ],
            ],
            VariantValues = ["Small", "Medium", "Large", "Extra Large"],
            VariantOption = "Size",
            OtherSeller = "Second Street Traders",
        };
}
