using Marketline.Analytics.Shapes;
using Marketline.Core.Extract;

namespace Marketline.Analytics.Gold;

/// <summary>
/// SQL for objects whose run has no one record that counts for all of them: a platform tells what its products are in one call and what they
/// cost in another, or the dataset knows one half newer. Each half comes from the record that answers for it (<c>a</c>: what the object is,
/// <c>b</c>: how it is sold), where a missing value means that there is none (any more), so that a price that has gone does not stay; a half that
/// no record of the run answers for stays as it is in the dataset (<c>p</c>). What a record says beyond its half counts as long as nobody has
/// ever answered for that.
/// </summary>
internal static class PartialRecords
{
    /// <summary>A query for the record columns, <c>product_seen_utc</c> and <c>price_seen_utc</c>.</summary>
    /// <param name="inPart">The condition that an alias's object is one of those that are wanted.</param>
    public static string Merged(DatasetShape shape, Func<string, string> inPart)
    {
        var content = shape.RecordColumns.Where(c => c.IsContent).ToList();
        var isSame = string.Join(" AND ", content.Select(c => $"m.{c.Name} IS NOT DISTINCT FROM m.known_{c.Name}"));
        var columns = shape.RecordColumns.Select(c => c.Name == "content_hash" ? $"CASE WHEN m.known_hash IS NOT NULL AND {isSame} THEN m.known_hash ELSE m.content_hash END" : $"m.{c.Name}");
        return $"""
            SELECT {string.Join(", ", columns)}, m.product_seen_utc, m.price_seen_utc
            FROM (SELECT {string.Join(", ", shape.RecordColumns.Select(c => $"{Value(c)} AS {c.Name}"))},
                         coalesce(a.seen_utc, p.product_seen_utc) AS product_seen_utc, coalesce(b.seen_utc, p.price_seen_utc) AS price_seen_utc,
                         {string.Join(", ", content.Select(c => $"p.{c.Name} AS known_{c.Name}"))}, p.content_hash AS known_hash
                  FROM (SELECT DISTINCT s.object_key FROM seen s WHERE s.takes_product <> s.takes_price AND {inPart("s")}) k
                  LEFT JOIN ({Taken("s.takes_product AND NOT s.takes_price", inPart)}) a ON a.object_key = k.object_key
                  LEFT JOIN ({Taken("s.takes_price AND NOT s.takes_product", inPart)}) b ON b.object_key = k.object_key
                  LEFT JOIN (SELECT * FROM previous o WHERE {inPart("o")}) p ON p.object_key = k.object_key) m
            """;
    }

    private static string Taken(string which, Func<string, string> inPart) =>
        $"SELECT i.* FROM incoming i JOIN seen s ON s.batch = i.batch AND s.position = i.position WHERE {which} AND {inPart("i")} AND {inPart("s")}";

    private static string Value(Column column) =>
        (column.Name, column.Scope) switch
        {
            ("object_key", _) => "k.object_key",
            ("seen_utc", _) => "greatest(a.seen_utc, b.seen_utc, p.seen_utc)",
            ("content_hash", _) => "md5(concat_ws(' ', a.content_hash, b.content_hash, p.content_hash))",
            (_, OfferScope.Product) => Half(column, "a", "b", "p.product_seen_utc"),
            (_, OfferScope.Price) => Half(column, "b", "a", "p.price_seen_utc"),
            _ => $"CASE WHEN a.object_key IS NULL OR b.seen_utc > a.seen_utc THEN b.{column.Name} ELSE a.{column.Name} END",
        };

    private static string Half(Column column, string own, string other, string answeredUtc)
    {
        var said = column.Unsaid is { } unsaid ? $"coalesce({own}.{column.Name}, {unsaid})" : $"{own}.{column.Name}";
        return $"CASE WHEN {own}.object_key IS NOT NULL THEN {said} WHEN {answeredUtc} IS NOT NULL THEN p.{column.Name} ELSE coalesce({other}.{column.Name}, p.{column.Name}) END";
    }
}
