using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Runs;

namespace Marketline.Tests.Orchestrators;

/// <summary>A host with fake steps for each test.</summary>
public abstract class OrchestratorTest
{
    internal OrchestratorHost Host { get; private set; } = null!;

    internal FakeSteps Fakes { get; private set; } = null!;

    private protected static TransientStepException Throttled => new("The service is busy.");

    private protected static InvalidOperationException Bug => new("This never works.");

    [SetUp]
    public void CreateHost()
    {
        Host = new OrchestratorHost();
        Fakes = new FakeSteps();
        Fakes.AnswerOn(Host);
    }

    [TearDown]
    public async Task StopHostAsync() => await Host.DisposeAsync();

    /// <summary>What a step of crawling returns while another worker has the site's slot.</summary>
    private protected CrawlBatchOutput Later(int segment, int seconds, int pageCount = 0) =>
        new()
        {
            IsDone = false,
            NextSegment = segment,
            ResumeUtc = Host.Clock.GetUtcNow().AddSeconds(seconds),
            PageCount = pageCount,
        };

    /// <summary>What a step of crawling returns while as many batches as may be are in flight.</summary>
    private protected CrawlBatchOutput Queued(int seconds, int segment = 0) => Later(segment, seconds) with { IsQueued = true };

    private protected static void AssertAddsUp(ObjectCounts counts)
    {
        Assert.That(counts.InTransit, Is.Zero, counts.ToString());
        Assert.That(
            new[] { counts.Ingested, counts.Delivered, counts.Unchanged, counts.Filtered, counts.Quarantined, counts.Failed },
            Has.All.GreaterThanOrEqualTo(0),
            counts.ToString()
        );
    }
}
