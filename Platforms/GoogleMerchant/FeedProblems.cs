namespace Marketline.Platforms.GoogleMerchant;

/// <summary>What is wrong with a feed or a row of it. They stand in quarantine and lineage, and never change their meaning.</summary>
internal static class FeedProblems
{
    /// <summary>Neither XML with items nor a table with a header that names an id.</summary>
    public const string NotAFeed = "not-a-feed";

    /// <summary>More values than columns, or none for a column that every product needs.</summary>
    public const string Columns = "feed-row-columns";

    /// <summary>The item's XML is not well-formed; the items around it are read.</summary>
    public const string Xml = "feed-row-xml";

    /// <summary>The feed ends within the row.</summary>
    public const string CutOff = "feed-row-cut-off";

    /// <summary>A row of more than a million characters.</summary>
    public const string RowTooLong = "feed-row-too-long";

    /// <summary>A row without an id: nothing tells it from the others in the next run.</summary>
    public const string NoId = "feed-row-without-id";

    /// <summary>The compressed bytes are damaged; what stood before is read.</summary>
    public const string Compression = "feed-compression-broken";

    /// <summary>The feed is longer than is read; what stood before is read.</summary>
    public const string TooLong = "feed-too-long";
}
