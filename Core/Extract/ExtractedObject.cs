using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>One offer or review as found on a page: raw texts with their evidence. Cleaning decides what they mean.</summary>
public sealed record ExtractedObject
{
    public required ObjectType Type { get; init; }

    /// <summary>See <see cref="Naming.ObjectKey"/>.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>The page that a person would open to see it, in the form of <see cref="Naming.CanonicalUrl"/>; of a crawled page, its own address.</summary>
    public required string Url { get; init; }

    /// <summary>Where on the page it stood, such as <c>products[12].variants[0]</c>; what quarantine points to.</summary>
    public required string Position { get; init; }

    /// <summary>By <see cref="FieldNames"/>; a field that was not found is absent, never empty.</summary>
    public required IReadOnlyDictionary<string, RawField> Fields { get; init; }

    /// <summary>Less than the whole where a platform has one call for what its products are and another for what they cost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OfferScope Scope { get; init; }

    /// <summary>The page's language (BCP 47) where it says one: decides doubtful number and currency forms.</summary>
    public string? Language { get; init; }

    /// <summary>What is wrong with the object's own place in its source (a broken row of a feed): it is quarantined with this rule.</summary>
    public string? DefectReason { get; init; }

    public string? Text(string field) => Fields.TryGetValue(field, out var raw) ? raw.Text : null;
}
