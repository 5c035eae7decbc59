namespace Marketline.Core.Lineage;

public sealed record WriteLineageOutput(long RowCount);
