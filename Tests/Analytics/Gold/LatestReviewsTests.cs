using Marketline.Core.Datasets;

namespace Marketline.Tests.Analytics.Gold;

public sealed class LatestReviewsTests
{
    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateReviewsAsync_SecondRun_UpdatesWhatItSawAndKeepsTheRest()
    {
        var first = await _workspace.Aggregator.AggregateReviewsAsync(
            _workspace.Job(
                "run1",
                null,
                await _workspace.WriteBatchAsync(
                    0,
                    Records.Review("edited", 1, 3m),
                    Records.Review("same", 1, 4m),
                    Records.Review("unseen", 1, 5m)
                )
            ),
            CancellationToken.None
        );

        var second = await _workspace.Aggregator.AggregateReviewsAsync(
            _workspace.Job(
                "run2",
                first,
                await _workspace.WriteBatchAsync(0, Records.Review("edited", 2, 1m), Records.Review("new", 2, null)),
                await _workspace.WriteBatchAsync(1, Records.Review("same", 2, 4m), Records.Review("edited", 1, 2m))
            ),
            CancellationToken.None
        );

        Assert.That(
            Workspace.Rows(second, DatasetNames.LatestReviews, "object_key, rating, first_seen_utc, seen_utc, run_id, last_run_id"),
            Is.EqualTo(
                new[]
                {
                    "edited | 1 | 11-01 12:00 | 11-02 12:00 | run2 | run2",
                    "new | - | 11-02 12:00 | 11-02 12:00 | run2 | run2",
                    "same | 4 | 11-01 12:00 | 11-02 12:00 | run1 | run2",
                    "unseen | 5 | 11-01 12:00 | 11-01 12:00 | run1 | run1",
                }
            )
        );
        Assert.That(second.Files, Has.Count.EqualTo(1));
        Assert.That(
            second.Outcomes.Select(o => (o.DeliveredCount, o.UnchangedCount, o.FilteredCount)),
            Is.EqualTo(new[] { (2, 0, 0), (0, 1, 1) })
        );
    }
}
