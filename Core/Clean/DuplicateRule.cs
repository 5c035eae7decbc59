using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>Lets each object through once: the first of a batch stays, the others are rejected. Holds the keys of one batch.</summary>
public sealed class DuplicateRule
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <returns>Null for the first object of a key.</returns>
    public RuleViolation? Check(ExtractedObject source) =>
        _keys.Add(source.ObjectKey) ? null : new RuleViolation(CleanRules.Duplicate, "", source.ObjectKey, source.Position);
}
