using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

public sealed class ReviewPageReaderTests
{
    private const string Product = """
        {"@type": "Product", "name": "Blue Pen", "sku": "PEN-1", "review": [
          {"@type": "Review", "author": {"@type": "Person", "name": "Erika"}, "datePublished": "2026-02-01", "reviewBody": "Writes well.", "reviewRating": {"@type": "Rating", "ratingValue": "4", "bestRating": "5"}},
          {"@type": "Review", "author": "Max", "datePublished": "2026-02-02", "reviewBody": "Too blue.", "reviewRating": {"ratingValue": 2}},
          {"@type": "Review", "author": "Nobody"}]}
        """;

    [Test]
    public void Read_JsonLdReviews_GivesEachWithItsProduct()
    {
        var result = ReviewPageReader.Read(Pages.JsonLd(Product));

        Assert.That(
            result.Objects.Select(review => (review.Text(FieldNames.Author), review.Text(FieldNames.ReviewRating), review.Text(FieldNames.ReviewBody), review.Text(FieldNames.Name), review.Text(FieldNames.Sku))),
            Is.EqualTo(new[] { ("Erika", "4", "Writes well.", "Blue Pen", "PEN-1"), ("Max", "2", "Too blue.", "Blue Pen", "PEN-1") })
        );
        Assert.That(result.Objects.Select(review => review.ObjectKey).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Read_AnotherReviewBefore_KeepsTheKeys()
    {
        var before = ReviewPageReader.Read(Pages.JsonLd(Product)).Objects;
        var later = Product.Replace("\"review\": [", "\"review\": [{\"@type\": \"Review\", \"author\": \"New\", \"reviewBody\": \"Nice.\"},", StringComparison.Ordinal);

        var after = ReviewPageReader.Read(Pages.JsonLd(later)).Objects;

        Assert.That(after.Skip(1).Select(review => review.ObjectKey), Is.EqualTo(before.Select(review => review.ObjectKey)));
    }

    [Test]
    public void Read_EqualReviewsOnOnePage_HaveKeysOfTheirOwn()
    {
        var result = ReviewPageReader.Read(
            Pages.JsonLd("""{"@type": "Product", "name": "Blue Pen", "review": [{"@type": "Review", "reviewRating": {"ratingValue": 5}}, {"@type": "Review", "reviewRating": {"ratingValue": 5}}]}""")
        );

        Assert.That(result.Objects.Select(review => review.ObjectKey).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Read_Microdata_GivesTheReview()
    {
        var result = ReviewPageReader.Read(
            Pages.Product(
                """
                <div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Blue Pen</span><div itemprop="review" itemscope itemtype="https://schema.org/Review">
                <span itemprop="author">Erika</span><time itemprop="datePublished" datetime="2026-02-01">1 Feb</time><p itemprop="reviewBody">Writes well.</p>
                <span itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating"><meta itemprop="ratingValue" content="4"></span></div></div>
                """
            )
        );

        var review = result.Objects.Single();
        Assert.That((review.Text(FieldNames.DatePublished), review.Text(FieldNames.ReviewRating), review.Fields[FieldNames.ReviewBody].Source), Is.EqualTo(("2026-02-01", "4", ExtractionSource.Microdata)));
    }

    [Test]
    public void Read_NoReviews_IsSkipped()
    {
        var result = ReviewPageReader.Read(Pages.JsonLd("""{"@type": "Product", "name": "Blue Pen"}"""));

        Assert.That(result.SkipReason, Is.EqualTo(ReviewPageReader.NoReviews));
    }
}
