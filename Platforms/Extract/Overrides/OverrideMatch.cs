using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>What an override found on a page; null for nothing.</summary>
public sealed record OverrideMatch(FieldOverride Override, string? Text);
