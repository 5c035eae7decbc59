namespace Marketline.LocalHost.DemoMarketplace.Products;

internal static class NorwegianVocabulary
{
    public static Vocabulary Words { get; } =
        new()
        {
            Categories =
            [
                new(
                    "Kjøkken",
                    "Gryter og panner",
                    "gryter-panner",
                    129,
                    2400,
                    ["Stekepanne", "Gryte", "Wokpanne", "Kjele"]
                ),
                new(
                    "Kjøkken",
                    "Kaffe",
                    "kaffe",
                    99,
                    14900,
                    ["Kaffetrakter", "Espressomaskin", "Kaffekvern", "Vannkoker"]
                ),
                new("Friluft", "Camping", "camping", 89, 6900, ["Telt", "Sovepose", "Primus", "Hodelykt", "Hengekøye"]),
                new("Friluft", "Ski", "ski", 149, 8900, ["Fjellski", "Skistaver", "Skisko", "Pulk"]),
                new(
                    "Elektronikk",
                    "Lyd",
                    "lyd",
                    149,
                    17900,
                    ["Hodetelefoner", "Høyttaler", "Platespiller", "Lydplanke"]
                ),
                new("Elektronikk", "Foto", "foto", 199, 28900, ["Kamera", "Stativ", "Kameraveske", "Objektiv"]),
                new("Hjem", "Belysning", "belysning", 99, 4900, ["Skrivebordslampe", "Gulvlampe", "Taklampe"]),
                new("Hjem", "Møbler", "mobler", 299, 18900, ["Lenestol", "Bokhylle", "Sidebord", "Krakk"]),
            ],
            Brands =
            [
                "Fjellvåk",
                "Nordkyst",
                "Blåtind",
                "Storm & Sønn",
                "Havørn",
                "Lysebu",
                "Granli",
                "Tyri",
                "Åsgård",
                "Ørret",
            ],
            Series = ["Vidde", "Fjord", "Tur", "Kompakt", "Lett", "Klassisk", "Ekspedisjon", "Pluss"],
            DescriptionSentences =
            [
                "Laget for daglig bruk og lett å reparere.",
                "Hver del er testet før den forlater verkstedet.",
                "Reservedeler er tilgjengelige i minst ti år.",
                "Tåler vind og vær året rundt.",
                "Veier lite og står støtt på ujevnt underlag.",
                "Leveres i enkel papp uten plast.",
            ],
            GivenNames = ["Astrid", "Bjørn", "Cecilie", "Håkon", "Ingrid", "Lars", "Øyvind"],
            FamilyNames = ["Berg", "Dahl", "Hagen", "Lund", "Moen", "Solberg"],
            ReviewSentences =
            [
                ["Gikk i stykker."],
                ["Helt greit."],
                ["Akkurat det jeg lette etter."],
            ],
            VariantValues = ["Liten", "Middels", "Stor"],
            VariantOption = "Størrelse",
            OtherSeller = "Bruktbua",
        };
}
