using Marketline.Core.Datasets;

namespace Marketline.Analytics.Query;

/// <summary>The datasets' schemas: tests hold them against the files and the pages in docs/datasets.</summary>
public static class DatasetSchemas
{
    public static readonly IReadOnlyList<DatasetSchema> All =
    [
        OfferColumns.Schema,
        ReviewColumns.Schema,
        PriceChangeColumns.Schema,
        PriceIndexColumns.Schema,
    ];

    public static DatasetSchema LatestOffers => OfferColumns.Schema;

    /// <returns>Null when there is no such dataset.</returns>
    public static DatasetSchema? Find(string name) => All.FirstOrDefault(schema => schema.Name == name);

    /// <summary>Whether the dataset's rows say which run saw them last.</summary>
    public static bool HasLastRun(this DatasetSchema schema) => schema.Name is DatasetNames.LatestOffers or DatasetNames.LatestReviews;
}
