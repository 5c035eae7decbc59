using Marketline.Analytics.Query;
using Marketline.Core.Clean;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Objects;

/// <summary>The latest offers that a search finds: all of its fields have to match.</summary>
internal static class ObjectSearch
{
    private const int MaxLength = 2_000;

    private static readonly int[] GtinLengths = [8, 12, 13, 14];

    private static readonly (string Field, Func<string, RowFilter> Filter)[] Fields =
    [
        ("objectKey", text => Filter("object_key", FilterOperator.Equal, text)),
        ("sku", text => Filter("sku", FilterOperator.Equal, text)),
        ("gtin", text => Filter("gtin", FilterOperator.In, Gtins(text))),
        ("name", text => Filter("name", FilterOperator.StartsWith, text)),
        ("url", text => Filter("url", FilterOperator.Equal, CanonicalUrl.Of(text))),
        ("brand", text => Filter("brand", FilterOperator.Equal, text)),
    ];

    /// <returns>The query, or the problem with what was sent.</returns>
    public static (RowQuery? Query, IResult? Problem) Read(HttpRequest request)
    {
        var filters = new List<RowFilter>();
        foreach (var (field, filter) in Fields)
        {
            var text = request.Query[field].ToString();
            if (text.Length > MaxLength)
            {
                return (null, Problems.Field(field, $"At most {MaxLength} characters are expected."));
            }

            if (text.Length > 0)
            {
                filters.Add(filter(text));
            }
        }

        return (new RowQuery { Schema = DatasetSchemas.LatestOffers, Filters = filters, Columns = OfferView.Columns }, null);
    }

    /// <summary>The current offer of an object.</summary>
    public static RowQuery Of(string objectKey) =>
        new()
        {
            Schema = DatasetSchemas.LatestOffers,
            Filters = [Filter("object_key", FilterOperator.Equal, objectKey)],
            Columns = OfferView.Columns,
        };

    private static RowFilter Filter(string column, FilterOperator operation, params object[] values) =>
        new(DatasetSchemas.LatestOffers.Find(column)!, operation, values);

    /// <summary>The same number is written with more or fewer zeros before it: a UPC-A is an EAN-13 that begins with one.</summary>
    private static object[] Gtins(string text)
    {
        var digits = (Gtin.TryNormalise(text) ?? text).TrimStart('0');
        return [.. GtinLengths.Where(length => length >= digits.Length).Select(length => digits.PadLeft(length, '0')).Append(text)];
    }
}
