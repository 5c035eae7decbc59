using System.Globalization;
using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;

namespace Marketline.Tests.Orchestrators;

/// <summary>
/// A run's activities without I/O. What a batch leaves stands in dictionaries instead of blobs, so that the sums are those of
/// what was really done.
/// </summary>
internal sealed class FakeSteps
{
    private readonly Dictionary<int, int> _cleanObjects = [];
    private readonly HashSet<int> _reported = [];

    /// <summary>The sites' targets; a site that is not here has ten.</summary>
    public Dictionary<int, int> Targets { get; } = [];

    /// <summary>What a step returns before it does its work, such as <c>PlanTargets 0</c>.</summary>
    public Dictionary<string, Queue<object>> Scripted { get; } = [];

    public HashSet<int> DamagedBatches { get; } = [];

    public bool DoesCleaningMend { get; set; } = true;

    public int GoldBusyCount { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>How often a tenant's orchestrations are still running when they are asked to end; and when they are terminated.</summary>
    public (int Asked, int Forced) RunningCount { get; set; }

    /// <summary>The run's row as it was closed.</summary>
    public RecordRunInput? ClosingRecord { get; private set; }

    /// <summary>How many objects each batch's outcome blob holds.</summary>
    public Dictionary<int, int> Outcomes { get; } = [];

    /// <summary>How many of them have lineage rows.</summary>
    public Dictionary<int, int> Lineage { get; } = [];

    public void AnswerOn(OrchestratorHost host)
    {
        host.Answer(CrawlContracts.PlanTargets, input => $"{BatchNumbers.SiteOf(input.FirstBatch)}", Plan);
        host.Answer(CrawlContracts.PlanRerun, input => $"{BatchNumbers.SiteOf(input.FirstBatch)} {input.Rerun.From} {input.Rerun.Only}", PlanAgain);
        host.Answer(CrawlContracts.CrawlBatch, input => $"{input.Batch}/{input.Segment}", Crawl);
        host.Answer(CrawlContracts.RememberPages, input => $"{input.Batches.First}+{input.Batches.Count}", _ => new RememberPagesOutput(0));
        host.Answer(CleanContracts.CleanBatch, Key, Clean);
        host.Answer(CleanContracts.ReuseBatch, Key, Reuse);
        host.Answer(CleanContracts.FailBatch, Key, Fail);
        host.Answer(AggregateContracts.Aggregate, input => $"[{string.Join(' ', input.ExcludedBatches)}]", Aggregate);
        host.Answer(LineageContracts.WriteLineage, input => $"{input.FirstBatch}+{input.BatchCount} {input.LeftOverReason}".TrimEnd(), WriteLineage);
        host.Answer(TenantContracts.StopTenant, input => input.IsForced ? "forced" : "asked", Stop);
        host.Answer(TenantContracts.RemoveTenant, input => input.IsLast ? "last" : "first", _ => new RemoveTenantOutput());
        host.Answer(LineageContracts.ListBatches, _ => "", _ => new ListBatchesOutput(BatchRange.Of(Outcomes.Keys)));
        host.Answer(FollowUpContracts.StartFollowUps, input => $"{string.Join(' ', input.Plans)} at {input.SlotUtc:HH:mm:ss} depth {input.Depth}", _ => new StartFollowUpsOutput([]));
        host.Answer(LineageContracts.RecordRun, input => input.Summary is { } summary ? $"{summary.Status}" : "open", Record);
    }

    public void Script(string step, params object[] outputs) => Scripted[step] = new Queue<object>(outputs);

    private static string Key(CleanBatchInput input) =>
        $"{input.Batch} {input.Problem}".TrimEnd() + (input.Source is { } source ? $" of {source.RunId}" : "");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private PlanTargetsOutput Plan(PlanTargetsInput input)
    {
        var site = BatchNumbers.SiteOf(input.FirstBatch);
        if (Next($"PlanTargets {site}") is PlanTargetsOutput scripted)
        {
            return scripted;
        }

        var count = Targets.GetValueOrDefault(site, 10);
        return new PlanTargetsOutput((count + input.Limits.BatchSize - 1) / input.Limits.BatchSize, count);
    }

    private PlanRerunOutput PlanAgain(PlanRerunInput input)
    {
        var site = BatchNumbers.SiteOf(input.FirstBatch);
        var count = Targets.GetValueOrDefault(site, 10);
        return Next($"PlanRerun {site}") as PlanRerunOutput
            ?? new PlanRerunOutput((count + input.Limits.BatchSize - 1) / input.Limits.BatchSize, count);
    }

    private CrawlBatchOutput Crawl(CrawlBatchInput input)
    {
        if (IsCancelled)
        {
            return new CrawlBatchOutput { IsDone = true, NextSegment = input.Segment, IsCancelled = true };
        }

        return Next($"CrawlBatch {input.Batch}/{input.Segment}") as CrawlBatchOutput
            ?? new CrawlBatchOutput { IsDone = true, NextSegment = input.Segment + 1, PageCount = 10 };
    }

    /// <summary>Of a batch's objects one is filtered, one is quarantined and one fails; the rest is clean.</summary>
    private CleanBatchOutput Clean(CleanBatchInput input)
    {
        if (input.Problem is not null || (IsCancelled && input.Source is not null))
        {
            return Fail(input) with { IsCancelled = IsCancelled };
        }

        if (DoesCleaningMend && _reported.Contains(input.Batch))
        {
            DamagedBatches.Remove(input.Batch);
        }

        Outcomes[input.Batch] = input.TargetCount;
        _cleanObjects[input.Batch] = input.TargetCount - 3;
        return new(new ObjectCounts { Ingested = input.TargetCount, Filtered = 1, Quarantined = 1, Failed = 1 });
    }

    /// <summary>What was clean in the source.</summary>
    private CleanBatchOutput Reuse(CleanBatchInput input)
    {
        Outcomes[input.Batch] = input.TargetCount - 3;
        _cleanObjects[input.Batch] = input.TargetCount - 3;
        return new(new ObjectCounts { Ingested = input.TargetCount - 3 });
    }

    private CleanBatchOutput Fail(CleanBatchInput input)
    {
        Outcomes[input.Batch] = input.TargetCount;
        _cleanObjects.Remove(input.Batch);
        return new(new ObjectCounts { Ingested = input.TargetCount, Failed = input.TargetCount });
    }

    private AggregateOutput Aggregate(AggregateInput input)
    {
        if (GoldBusyCount-- > 0)
        {
            return new AggregateOutput { IsBusy = true };
        }

        var batches = _cleanObjects.Where(batch => !input.ExcludedBatches.Contains(batch.Key)).ToList();
        foreach (var (batch, _) in batches.Where(batch => DamagedBatches.Contains(batch.Key)))
        {
            _reported.Add(batch);
            return new AggregateOutput { DamagedBatches = [batch] };
        }

        var objectCount = batches.Sum(batch => batch.Value);
        return new AggregateOutput
        {
            Datasets = [new DatasetWrite(DatasetNames.LatestOffers, "gold/latest_offers/part-0000.parquet", objectCount)],
            Objects = new ObjectCounts { Delivered = objectCount - batches.Count, Unchanged = batches.Count },
        };
    }

    private WriteLineageOutput WriteLineage(WriteLineageInput input)
    {
        var rowCount = 0;
        for (var batch = input.FirstBatch; batch < input.FirstBatch + input.BatchCount; batch++)
        {
            Lineage[batch] = Outcomes.GetValueOrDefault(batch);
            rowCount += Lineage[batch];
        }

        return new WriteLineageOutput(rowCount);
    }

    private StopTenantOutput Stop(StopTenantInput input)
    {
        var left = input.IsForced ? RunningCount.Forced : RunningCount.Asked;
        RunningCount = input.IsForced ? RunningCount with { Forced = left - 1 } : RunningCount with { Asked = left - 1 };
        return new StopTenantOutput(Math.Max(0, left));
    }

    private RecordRunOutput Record(RecordRunInput input)
    {
        ClosingRecord = input.Summary is null ? ClosingRecord : input;
        return new RecordRunOutput();
    }

    private object? Next(string step) => Scripted.TryGetValue(step, out var outputs) && outputs.TryDequeue(out var output) ? output : null;
}
