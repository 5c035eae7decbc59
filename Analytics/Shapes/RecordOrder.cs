namespace Marketline.Analytics.Shapes;

/// <summary>The order of a clean batch's rows.</summary>
internal static class RecordOrder
{
    public static int Compare(
        (string ObjectKey, DateTimeOffset SeenUtc, string Url, string ContentHash, object Record) x,
        (string ObjectKey, DateTimeOffset SeenUtc, string Url, string ContentHash, object Record) y
    ) =>
        string.CompareOrdinal(x.ObjectKey, y.ObjectKey) is var byKey and not 0 ? byKey
        : y.SeenUtc.CompareTo(x.SeenUtc) is var bySeen and not 0 ? bySeen
        : string.CompareOrdinal(x.Url, y.Url) is var byUrl and not 0 ? byUrl
        : string.CompareOrdinal(x.ContentHash, y.ContentHash) is var byHash and not 0 ? byHash
        : string.CompareOrdinal(x.Record.ToString(), y.Record.ToString());
}
