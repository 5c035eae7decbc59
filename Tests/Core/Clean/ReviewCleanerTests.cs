using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Tests.Core.Clean;

public sealed class ReviewCleanerTests
{
    private static readonly CleanContext Context = new("generic-shop", "shop.example.de", CrawlKind.Reviews, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly AuthorPseudonymizer Pseudonymizer = new(Encoding.UTF8.GetBytes("a key of one tenant"));

    [Test]
    public void Clean_Review_HidesTheAuthor()
    {
        var source = ExtractedObjects.Review(
            (FieldNames.Author, "Erika Muster"),
            (FieldNames.DatePublished, "2026-02-01"),
            (FieldNames.ReviewRating, "8"),
            (FieldNames.BestRating, "10"),
            (FieldNames.ReviewBody, "Schreibt <i>gut</i>.")
        );

        var result = ReviewCleaner.Clean(source, Context, Pseudonymizer);

        var review = result.Record!;
        Assert.That(result.Violations, Is.Empty);
        Assert.That((review.PublishedOn, review.Rating, review.Body), Is.EqualTo(((DateOnly?)new DateOnly(2026, 2, 1), (decimal?)4m, "Schreibt gut .")));
        Assert.That(review.AuthorHash, Has.Length.EqualTo(64));
        Assert.That(review.ToString(), Does.Not.Contain("Erika").And.Not.Contain("Muster"));
    }

    [Test]
    public void Clean_NeitherTextNorRating_IsRejected()
    {
        var source = ExtractedObjects.Review((FieldNames.Author, "Erika Muster"));

        var result = ReviewCleaner.Clean(source, Context, Pseudonymizer);

        Assert.That(result.Record, Is.Null);
        Assert.That(result.Violations.Single().Rule, Is.EqualTo(CleanRules.ReviewEmpty));
    }

    [TestCase("2026-03-09")]
    [TestCase("neulich")]
    public void Clean_DateInFutureOrNone_IsDroppedWithWarning(string date)
    {
        var source = ExtractedObjects.Review((FieldNames.ReviewBody, "gut"), (FieldNames.DatePublished, date));

        var result = ReviewCleaner.Clean(source, Context, Pseudonymizer);

        Assert.That(result.Record?.PublishedOn, Is.Null);
        Assert.That(result.Violations.Single().Rule, Is.EqualTo(CleanRules.DateUnreadable));
    }

    [Test]
    public void Hash_SameNameInOtherWriting_IsTheSame()
    {
        var first = Pseudonymizer.Hash("Erika  Muster");
        var second = Pseudonymizer.Hash(" ERIKA MUSTER ");

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Hash_OtherTenant_IsAnother()
    {
        var other = new AuthorPseudonymizer(Encoding.UTF8.GetBytes("the key of another tenant"));

        Assert.That(other.Hash("Erika Muster"), Is.Not.EqualTo(Pseudonymizer.Hash("Erika Muster")));
    }

    [Test]
    public void Hash_NoName_IsNull()
    {
        Assert.That(Pseudonymizer.Hash("  "), Is.Null);
    }

    [Test]
    public void Constructor_ShortKey_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuthorPseudonymizer("short"u8));
    }

    [Test]
    public void Check_SecondOfAKey_IsADuplicate()
    {
        var rule = new DuplicateRule();
        var source = ExtractedObjects.Review((FieldNames.ReviewBody, "gut"));

        var first = rule.Check(source);
        var second = rule.Check(source);

        Assert.That((first, second?.Rule), Is.EqualTo(((RuleViolation?)null, CleanRules.Duplicate)));
    }
}
