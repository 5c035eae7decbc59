namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>The words that products and reviews of one language are made of.</summary>
internal sealed record Vocabulary
{
    public required IReadOnlyList<Category> Categories { get; init; }

    public required IReadOnlyList<string> Brands { get; init; }

    public required IReadOnlyList<string> Series { get; init; }

    public required IReadOnlyList<string> DescriptionSentences { get; init; }

    public required IReadOnlyList<string> GivenNames { get; init; }

    public required IReadOnlyList<string> FamilyNames { get; init; }

    /// <summary>Index 0 for one or two stars, 1 for three, 2 for four or five.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> ReviewSentences { get; init; }

    public required IReadOnlyList<string> VariantValues { get; init; }

    public required string VariantOption { get; init; }

    public required string OtherSeller { get; init; }

    public bool FamilyNameFirst { get; init; }
}
