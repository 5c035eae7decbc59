namespace Marketline.Platforms.Extract.Overrides;

internal sealed record JsonPathStep(JsonPathStepKind Kind, string Name = "", int Index = 0, JsonPathFilter? Filter = null);
