namespace Marketline.Functions.Http.Datasets;

internal sealed record DatasetList(IReadOnlyList<DatasetView> Datasets);
