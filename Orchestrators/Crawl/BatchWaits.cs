using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Crawl;

/// <summary>
/// A site's waits between two steps of a batch: on a timer, or until its batch is told that it has a place, should that come
/// first. One wait for that event at a time, kept until it comes: one that is left behind would take the next event.
/// </summary>
internal sealed class BatchWaits(TaskOrchestrationContext context)
{
    /// <summary>A wait and the question after it are about seven events of the history.</summary>
    private const int MaxCount = 100;

    private Task<string>? _admitted;
    private int _count;

    /// <summary>So many that the history should start anew.</summary>
    public bool AreMany => _count >= MaxCount;

    public async Task BeforeAsync(CrawlBatchOutput output)
    {
        if (output.ResumeUtc is not { } resumeUtc)
        {
            return;
        }

        _count++;
        if (!output.IsQueued)
        {
            await context.CreateTimer(resumeUtc.UtcDateTime, CancellationToken.None);
            return;
        }

        _admitted ??= context.WaitForExternalEvent<string>(AdmissionNames.Admitted);
        using var cancellation = new CancellationTokenSource();
        var timer = context.CreateTimer(resumeUtc.UtcDateTime, cancellation.Token);
        if (await Task.WhenAny(_admitted, timer) == _admitted)
        {
            _admitted = null;
            cancellation.Cancel();
        }
    }
}
