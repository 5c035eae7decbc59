using System.Diagnostics;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Platforms;
using Marketline.Platforms.Extract.Overrides;

namespace Marketline.Activities.Clean;

/// <summary>
/// Builds a batch's records page by page: clean offers and reviews, quarantined records, and an outcome for every object.
/// Every target ends in exactly one of these ways, whatever stood in its page.
/// </summary>
internal sealed class BatchRecords(
    CleanBatchInput input,
    IPlatformConnector connector,
    AuthorPseudonymizer pseudonymizer,
    TimeProvider time
)
{
    private const string Duplicate = "duplicate";
    private const string DuplicateContent = "duplicate-content";

    /// <summary>The object stands in the batch under another call, and what this one adds is in that one's record.</summary>
    private const string Merged = "merged";
    private const string NothingFound = "nothing-found";

    /// <summary>Why an object is unchanged without having been read: status 304, the body of the last time, or not asked for at all.</summary>
    private const string NotModified = "not-modified";
    private const string SameBody = "same-body";
    private const string SitemapUnchanged = "sitemap-unchanged";

    /// <summary>On the crawl step of what was read from a browser's HTML.</summary>
    private const string Rendered = "rendered";

    private readonly RunRef _run = input.Run;
    private readonly DuplicateRule _duplicates = new();
    private readonly FieldOverrides _overrides = FieldOverrides.Of(input.Run.Kind == CrawlKind.Reviews ? null : input.Selectors);
    private readonly HashSet<string> _bodies = [];

    public BatchOffers Offers { get; } = new();

    public List<Review> Reviews { get; } = [];

    public List<QuarantineRecord> Quarantined { get; } = [];

    public List<ObjectOutcome> Outcomes { get; } = [];

    public ObjectCounts Count() =>
        new()
        {
            Ingested = Outcomes.Count,
            Unchanged = Outcomes.Count(outcome => outcome.State == ObjectState.Unchanged),
            Filtered = Outcomes.Count(outcome => outcome.State == ObjectState.Filtered),
            Quarantined = Outcomes.Count(outcome => outcome.State == ObjectState.Quarantined),
            Failed = Outcomes.Count(outcome => outcome.State == ObjectState.Failed),
        };

    public void Add(FetchedPage page)
    {
        if (page.FailureReason is { } failure)
        {
            var isLeftOut = FetchReasons.IsLeftOut(failure);
            var state = isLeftOut ? ObjectState.Filtered : ObjectState.Failed;
            var crawl = Crawled(page, isLeftOut ? StepState.Skipped : StepState.Failed, Reason(page, failure));
            AddPage(page.Url, state, Reason(page, failure), Ingress(page), crawl);
            return;
        }

        var firstOfPage = Outcomes.Count;
        if (page.Known is { } known)
        {
            AddKnown(page, known);
        }
        else
        {
            Read(page);
        }

        if (Outcomes.Count > firstOfPage && Outcomes[firstOfPage].Reason != DuplicateContent && PageVersions.Of(page, connector, _run.Kind) is { } version)
        {
            Outcomes[firstOfPage] = Outcomes[firstOfPage] with { Version = version };
        }
    }

    private void Read(FetchedPage page)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var extraction = _overrides.Apply(page, connector.Extract(page, _run.Kind));
        var milliseconds = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (extraction.DefectReason is { } defect)
        {
            AddDefective(page, defect, milliseconds);
        }
        else if (extraction.Objects.Count == 0)
        {
            var reason = extraction.SkipReason ?? NothingFound;
            var extract = Block(LineageStep.Extract, StepState.Skipped, milliseconds, reason);
            AddPage(page.Url, ObjectState.Filtered, reason, Ingress(page), Crawled(page), extract);
        }

        var isCopy = extraction.Objects.Count > 0 && !_bodies.Add(PageVersions.DigestOf(page));
        foreach (var item in extraction.Objects)
        {
            AddObject(page, item, isCopy, milliseconds / extraction.Objects.Count);
        }
    }

    /// <summary>A target that has no page in the raw archive.</summary>
    public void AddMissing(string url, string reason)
    {
        var isLeftOut = FetchReasons.IsLeftOut(reason);
        var block = Block(LineageStep.Crawl, isLeftOut ? StepState.Skipped : StepState.Failed, 0, reason);
        AddPage(url, isLeftOut ? ObjectState.Filtered : ObjectState.Failed, reason, block);
    }

    /// <summary>The page is the one that an earlier run has read, and so are its objects: they are in the datasets, or left out again.</summary>
    private void AddKnown(FetchedPage page, KnownPage known)
    {
        var reason = page.StatusCode switch
        {
            0 => SitemapUnchanged,
            304 => NotModified,
            _ => SameBody,
        };
        LineageBlock[] blocks = [Ingress(page), Crawled(page, page.StatusCode == 0 ? StepState.Skipped : StepState.Succeeded, reason)];
        foreach (var item in known.Objects)
        {
            Outcomes.Add(
                new ObjectOutcome
                {
                    ObjectKey = item.ObjectKey,
                    Url = item.Url ?? page.Url,
                    PageUrl = item.Url is null ? null : page.Url,
                    Type = item.Type,
                    State = item.FilterReason is null ? ObjectState.Unchanged : ObjectState.Filtered,
                    Reason = item.FilterReason ?? reason,
                    Blocks = blocks,
                }
            );
        }

        if (known.Objects.Count == 0)
        {
            AddPage(page.Url, ObjectState.Filtered, known.SkipReason ?? NothingFound, blocks);
        }
    }

    private void AddDefective(FetchedPage page, string rule, double milliseconds)
    {
        var violation = new RuleViolation(rule, "", page.ContentType, "page");
        Quarantined.Add(Rejected(page, ObjectKey.FromUrl(page.Url), page.Url, [violation], null));
        var extract = Block(LineageStep.Extract, StepState.Failed, milliseconds, rule, BlobNames.Quarantine(_run, input.Batch));
        AddPage(page.Url, ObjectState.Quarantined, rule, Ingress(page), Crawled(page), extract);
    }

    /// <param name="isCopy">Another page of the batch had the very same body: what it shows is there under that one's address.</param>
    private void AddObject(FetchedPage page, ExtractedObject item, bool isCopy, double extractMilliseconds)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var isPart = Offers.IsCompletedBy(item);
        var duplicate = _duplicates.Check(item) is not null && !isPart ? Duplicate : isCopy ? DuplicateContent : null;
        var violations = duplicate is not null ? [] : CleanOne(page, item);
        var cleanMilliseconds = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;

        var (state, step, reason, dataset) =
            duplicate is not null ? (ObjectState.Filtered, StepState.Skipped, duplicate, null)
            : violations is null && isPart ? (ObjectState.Filtered, StepState.Succeeded, Merged, BlobNames.Clean(_run, input.Batch))
            : violations is null ? (ObjectState.InTransit, StepState.Succeeded, null, BlobNames.Clean(_run, input.Batch))
            : (ObjectState.Quarantined, StepState.Failed, violations[0].Rule, BlobNames.Quarantine(_run, input.Batch));
        Outcomes.Add(
            new ObjectOutcome
            {
                ObjectKey = item.ObjectKey,
                Url = item.Url,
                PageUrl = item.Url == page.Url ? null : page.Url,
                Type = item.Type,
                State = state,
                Reason = reason,
                Blocks =
                [
                    Ingress(page),
                    Crawled(page),
                    Block(LineageStep.Extract, StepState.Succeeded, extractMilliseconds),
                    Block(LineageStep.Clean, step, cleanMilliseconds, reason, dataset),
                ],
            }
        );
    }

    /// <returns>Null when the object is clean; else why it is not.</returns>
    private IReadOnlyList<RuleViolation>? CleanOne(FetchedPage page, ExtractedObject item)
    {
        var context = new CleanContext(_run.Platform, SiteOf(item.Url), _run.Kind, page.FetchedUtc);
        IReadOnlyList<RuleViolation> violations;
        if (item.Type == ObjectType.Review)
        {
            var result = ReviewCleaner.Clean(item, context, pseudonymizer);
            if (result.Record is { } review)
            {
                Reviews.Add(review);
                return null;
            }

            violations = result.Violations;
        }
        else
        {
            var result = OfferCleaner.Clean(item, context);
            if (result.Record is { } offer)
            {
                Offers.Add(offer);
                return null;
            }

            violations = result.Violations;
        }

        Quarantined.Add(Rejected(page, item.ObjectKey, item.Url, violations, WithoutAuthor(item)));
        return violations;
    }

    private QuarantineRecord Rejected(
        FetchedPage page,
        string objectKey,
        string url,
        IReadOnlyList<RuleViolation> violations,
        ExtractedObject? item
    ) =>
        new()
        {
            RunId = _run.RunId,
            Batch = input.Batch,
            ObjectKey = objectKey,
            Url = url,
            SeenUtc = page.FetchedUtc,
            Violations = violations,
            Object = item,
        };

    /// <summary>Authors are personal data: beyond the raw archive there is only their keyed hash.</summary>
    private ExtractedObject WithoutAuthor(ExtractedObject item)
    {
        if (!item.Fields.TryGetValue(FieldNames.Author, out var author))
        {
            return item;
        }

        var fields = new Dictionary<string, RawField>(item.Fields)
        {
            [FieldNames.Author] = author with { Text = pseudonymizer.Hash(author.Text) ?? "" },
        };
        return item with { Fields = fields };
    }

    private void AddPage(string url, ObjectState state, string reason, params LineageBlock[] blocks) =>
        Outcomes.Add(
            new ObjectOutcome
            {
                ObjectKey = ObjectKey.FromUrl(url),
                Url = url,
                State = state,
                Reason = reason,
                Blocks = blocks,
            }
        );

    private LineageBlock Ingress(FetchedPage page) =>
        new(LineageStep.Ingress, StepState.Succeeded, page.FetchedUtc - page.Elapsed, 0, null, BlobNames.Targets(_run, input.Batch));

    private LineageBlock Crawled(FetchedPage page, StepState state = StepState.Succeeded, string? reason = null) =>
        new(
            LineageStep.Crawl,
            state,
            page.FetchedUtc,
            page.Elapsed.TotalMilliseconds,
            reason ?? (page.IsRendered ? Rendered : null),
            BlobNames.Raw(input.Source ?? _run, input.Batch)
        );

    private LineageBlock Block(
        LineageStep step,
        StepState state,
        double milliseconds,
        string? reason = null,
        string? dataset = null
    ) => new(step, state, time.GetUtcNow(), Math.Round(milliseconds, 3), reason, dataset);

    private static string Reason(FetchedPage page, string failure) =>
        failure == FetchReasons.HttpError ? $"{failure}-{page.StatusCode}" : failure;

    private static string SiteOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : "";
}
