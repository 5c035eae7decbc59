namespace Marketline.Core.Lineage;

public sealed record RecordRunOutput;
