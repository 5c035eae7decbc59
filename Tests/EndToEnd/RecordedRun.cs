using System.Text.Json;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>A run that is over, with what it left in storage, read past the app.</summary>
internal sealed class RecordedRun(IServiceProvider storage, RunState state)
{
    private readonly RunId _id = RunId.Parse(state.RunId);

    public RunState State => state;

    /// <summary>Every lineage row of the run.</summary>
    /// <param name="siteCount">Of the run's plan.</param>
    public async Task<List<ObjectOutcome>> LineageAsync(int siteCount = 1)
    {
        var lineage = storage.GetRequiredService<TableLineageStore>();
        var rows = new List<ObjectOutcome>();
        for (var site = 0; site < siteCount; site++)
        {
            for (var (batch, before) = (BatchNumbers.FirstOf(site), -1); before < rows.Count; batch++)
            {
                before = rows.Count;
                await foreach (var row in lineage.ListAsync(_id, batch, default))
                {
                    rows.Add(row.Outcome);
                }
            }
        }

        return rows;
    }

    /// <summary>In how many runs of this month the index knows an object.</summary>
    public async Task<int> IndexedAsync(string objectKey)
    {
        var count = 0;
        await foreach (var _ in storage.GetRequiredService<TableLineageStore>().FindAsync(_id.TenantId, objectKey, _id.Date, default))
        {
            count++;
        }

        return count;
    }

    /// <summary>The paths of a batch's planned targets.</summary>
    public async Task<List<string>> TargetPathsAsync(int batch)
    {
        var record = await storage.GetRequiredService<TableRunStore>().FindAsync(_id, default);
        var blobs = storage.GetRequiredService<BlobArtifactStore>();
        await using var content = await blobs.OpenReadAsync(_id.TenantId, BlobNames.Targets(record!.Run, batch), default);
        using var reader = new StreamReader(content);
        var paths = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            using var target = JsonDocument.Parse(line);
            paths.Add(new Uri(target.RootElement.GetProperty("url").GetString()!).PathAndQuery);
        }

        return paths;
    }

    /// <summary>Asserts that every object has ended, once, and that the run, its lineage and their sums agree.</summary>
    public Task AssertNothingIsLostAsync(int siteCount = 1) => AssertNothingIsLostAsync(RunStatus.Completed, siteCount);

    public async Task AssertNothingIsLostAsync(RunStatus expected, int siteCount = 1)
    {
        var rows = await LineageAsync(siteCount);
        var objects = state.Objects;
        Assert.Multiple(() =>
        {
            Assert.That(state.Status, Is.EqualTo(expected), string.Join("; ", state.Problems));
            Assert.That(objects.Ingested, Is.Positive);
            Assert.That(objects.InTransit, Is.Zero);
            Assert.That(objects.Ingested, Is.EqualTo(objects.Delivered + objects.Unchanged + objects.Filtered + objects.Quarantined + objects.Failed));
            Assert.That(state.LineageRowCount, Is.EqualTo(objects.Ingested));
            Assert.That(Count(rows), Is.EqualTo(objects));
        });
    }

    private static ObjectCounts Count(List<ObjectOutcome> rows)
    {
        return new ObjectCounts
        {
            Ingested = rows.Count,
            Delivered = Of(ObjectState.Delivered),
            Unchanged = Of(ObjectState.Unchanged),
            Filtered = Of(ObjectState.Filtered),
            Quarantined = Of(ObjectState.Quarantined),
            Failed = Of(ObjectState.Failed),
        };

        int Of(ObjectState expected) => rows.Count(row => row.State == expected);
    }
}
