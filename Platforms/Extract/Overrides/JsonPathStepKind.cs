namespace Marketline.Platforms.Extract.Overrides;

internal enum JsonPathStepKind
{
    Name,
    Index,

    /// <summary>All members or items; with a filter, those that pass it.</summary>
    Each,

    /// <summary>The name wherever it stands below.</summary>
    Descendant,
}
