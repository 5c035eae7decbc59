namespace Marketline.LocalHost.DemoMarketplace.Products;

internal static class GermanVocabulary
{
    public static Vocabulary Words { get; } =
        new()
        {
            Categories =
            [
                new(
                    "Küche",
                    "Kochgeschirr",
                    "kochgeschirr",
                    12,
                    240,
                    ["Bratpfanne", "Kochtopf", "Bräter", "Wok", "Stielkasserolle"]
                ),
                new(
                    "Küche",
                    "Kaffee & Tee",
                    "kaffee-tee",
                    9,
                    1900,
                    ["Kaffeemühle", "Siebträgermaschine", "Wasserkocher", "Teekanne"]
                ),
                new("Garten", "Geräte", "gartengeraete", 8, 1400, ["Rasenmäher", "Heckenschere", "Spaten", "Häcksler"]),
                new(
                    "Garten",
                    "Möbel",
                    "gartenmoebel",
                    29,
                    1600,
                    ["Liegestuhl", "Gartentisch", "Sitzbank", "Sonnenschirm"]
                ),
                new(
                    "Technik",
                    "Audio",
                    "audio",
                    15,
                    2100,
                    ["Kopfhörer", "Plattenspieler", "Regallautsprecher", "Küchenradio"]
                ),
                new(
                    "Technik",
                    "Büro",
                    "buero",
                    6,
                    1300,
                    ["Monitor", "Tastatur", "Aktenvernichter", "Schreibtischleuchte"]
                ),
                new(
                    "Wohnen",
                    "Leuchten",
                    "leuchten",
                    9,
                    480,
                    ["Stehleuchte", "Pendelleuchte", "Tischleuchte", "Lichtleiste"]
                ),
                new(
                    "Wohnen",
                    "Polstermöbel",
                    "polstermoebel",
                    99,
                    3400,
                    ["Sessel", "Schlafsofa", "Hocker", "Ohrensessel"]
                ),
            ],
            Brands =
            [
                "Nordhain",
                "Grünfeld",
                "Kübler & Söhne",
                "Althoff",
                "Waldsee",
                "Brückner",
                "Feinwerk",
                "Lohmühle",
                "Sternau",
                "Heidekraut",
                "Maßstab",
                "Talblick",
                "Öhring",
                "Rosenthaler Hof",
            ],
            Series = ["Terra", "Linea", "Komfort", "Klassik", "Plus", "Basis", "Profi", "Kontur", "Avant", "Weiß"],
            DescriptionSentences =
            [
                "Für den täglichen Gebrauch gemacht und leicht zu reparieren.",
                "Die Oberfläche lässt sich mit einem feuchten Tuch reinigen.",
                "Ersatzteile sind mindestens zehn Jahre lang erhältlich.",
                "Gefertigt in einer kleinen Werkstatt im Süden, geprüft vor dem Versand.",
                "Leichter, als es aussieht, und standfest auch auf unebenem Boden.",
                "Verpackt in schlichtem Karton ohne Kunststoff.",
                "Größe & Gewicht sind so gewählt, dass es in jede Wohnung passt.",
            ],
            GivenNames =
            [
                "Anke",
                "Björn",
                "Claudia",
                "Dörte",
                "Emil",
                "Frieda",
                "Günther",
                "Heike",
                "Jürgen",
                "Käthe",
                "Lukas",
            ],
            FamilyNames =
            [
                "Ahrens",
                "Böhm",
                "Claßen",
                "Diekmann",
                "Engel",
                "Fröhlich",
                "Groß",
                "Hübner",
                "Jäger",
                "Köhler",
            ],
            ReviewSentences =
            [
                [
                    "Nach einer Woche defekt.",
                    "Kam beschädigt an, der Kundendienst meldet sich nicht.",
                    "Ging zurück.",
                    "Viel zu laut für die Küche.",
                    "Entspricht nicht der Abbildung.",
                ],
                [
                    "Tut, was es soll, mehr nicht.",
                    "In Ordnung für den Preis.",
                    "Die Anleitung ist schwer zu lesen.",
                    "Gute Idee, mittelmäßige Verarbeitung.",
                ],
                [
                    "Genau das, was ich gesucht habe.",
                    "Schöne Verarbeitung, schnelle Lieferung.",
                    "Jederzeit wieder!",
                    "Sieht noch besser aus als auf den Bildern.",
                    "Leise, leicht und gut zu reinigen.",
                ],
            ],
            VariantValues = ["Klein", "Mittel", "Groß"],
            VariantOption = "Größe",
            OtherSeller = "Marktplatz Händlerbund",
        };
}
