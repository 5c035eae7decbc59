namespace Marketline.Functions.Http.Datasets;

/// <summary>The datasets that a run has written.</summary>
internal sealed record DatasetList(IReadOnlyList<DatasetView> Datasets);
