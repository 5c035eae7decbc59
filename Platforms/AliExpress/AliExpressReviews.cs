using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// Reviews, which no interface of the Open Platform gives: what product pages load from feedback.aliexpress.com
/// (<c>/pc/searchEvaluation.do</c>, 20 a page), as JSON. It is no published format.
/// </summary>
internal static class AliExpressReviews
{
    private const string Path = "/pc/searchEvaluation.do";
    private const int PageSize = 20;

    /// <summary>A rating is 20 for each star.</summary>
    private const string BestRating = "100";

    public static bool IsList(Uri address) => address.AbsolutePath == Path;

    /// <summary>Only the site that serves reviews can be asked for them; elsewhere they are what product pages carry.</summary>
    public static bool AreServedBy(Uri site) => site.Host.StartsWith("feedback.", StringComparison.OrdinalIgnoreCase);

    public static CrawlTarget Of(Uri site, string id, int page = 1)
    {
        var market = AliExpressMarket.Global;
        var query = string.Create(CultureInfo.InvariantCulture, $"?productId={id}&lang={market.Locale}&country={market.Country}&page={page}&pageSize={PageSize}&filter=all&sort=complex_default");
        return new CrawlTarget(CanonicalUrl.Of(new Uri(site, Path + query).AbsoluteUri));
    }

    public static ExtractionResult Read(FetchedPage page, Uri address) => JsonText.Extract(page, root => Read(root, address));

    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        var number = int.TryParse(query.GetValueOrDefault("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 1;
        return AliExpressItem.TryParse(query.GetValueOrDefault("productId").ToString()) is { } id
            ? JsonText.TryRead<List<CrawlTarget>>(JsonText.Utf8Of(page), root => root["data"]["evaViewList"].Items().Any() && number < root["data"]["totalPage"].Number ? [Of(address, id, number + 1)] : []) ?? []
            : [];
    }

    private static ExtractionResult Read(JsonSpot root, Uri address)
    {
        if (!root["data"].Exists || AliExpressItem.TryParse(QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("productId").ToString()) is not { } id)
        {
            return ExtractionResult.Defective(JsonText.NotJson);
        }

        var reviews = root["data"]["evaViewList"].Items().Select(review => Review(review, id)).OfType<ExtractedObject>().DistinctBy(review => review.ObjectKey).ToList();
        return reviews.Count == 0 ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : new ExtractionResult(reviews);
    }

    private static ExtractedObject? Review(JsonSpot review, string id)
    {
        var fields = new FieldSet(ExtractionSource.EmbeddedState);
        var (day, rating, text) = (review["evalDate"], review["buyerEval"], review.FirstText("buyerFeedback", "buyerTranslationFeedback"));
        fields.Add(FieldNames.Sku, id, "url.productId");
        fields.Add(FieldNames.Author, review["buyerName"]);
        fields.Add(FieldNames.DatePublished, day);
        fields.Add(FieldNames.ReviewBody, text);
        fields.Add(FieldNames.ReviewRating, rating);
        fields.Add(FieldNames.BestRating, rating.Text is null ? null : BestRating, rating.Path);
        var number = review["evaluationIdStr"].Or(review["evaluationId"]).Text ?? $"{day.Text}\n{rating.Text}\n{text.Text}";
        return text.Text is null && rating.Text is null
            ? null
            : new ExtractedObject
            {
                Type = ObjectType.Review,
                ObjectKey = AliExpressItem.Key(AliExpressMarket.Global.Host, id, $"review/{number}"),
                Url = AliExpressItem.PageOf(AliExpressMarket.Global.Site, id),
                Position = review.Path,
                Fields = fields.Fields,
            };
    }
}
