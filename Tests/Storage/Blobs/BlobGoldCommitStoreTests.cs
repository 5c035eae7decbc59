using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class BlobGoldCommitStoreTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    [Test]
    public async Task Commit_MakesManifestsCurrentAndLeavesTheResult()
    {
        await using var storage = await TestStorage.CreateAsync();
        var commits = storage.GetRequiredService<BlobGoldCommitStore>();
        var commit = Commit(TestStorage.NewTenant(), version: 1);

        await using (var held = await commits.TryAcquireAsync(commit.Run.TenantId, default))
        {
            await commits.CommitAsync(held!, commit, default);
        }

        Assert.That((await ManifestAsync(storage, commit))!.Manifest.Version, Is.EqualTo(1));
        Assert.That((await commits.FindResultAsync(commit.Run, default))!.Objects, Is.EqualTo(commit.Result.Objects));
    }

    [Test]
    public async Task TryAcquire_HolderDiedAfterDeciding_FinishesItsCommit()
    {
        await using var storage = await TestStorage.CreateAsync();
        var commits = storage.GetRequiredService<BlobGoldCommitStore>();
        var commit = Commit(TestStorage.NewTenant(), version: 1);
        await using (var dying = await commits.TryAcquireAsync(commit.Run.TenantId, default))
        {
            await dying!.SaveAsync(commit, default);
        }

        await using var next = await commits.TryAcquireAsync(commit.Run.TenantId, default);

        Assert.That((await ManifestAsync(storage, commit))!.Manifest.Version, Is.EqualTo(1));
        Assert.That(await commits.FindResultAsync(commit.Run, default), Is.Not.Null);
    }

    [Test]
    public async Task TryAcquire_CommitWasCarriedOutAndSuperseded_DoesNotGoBack()
    {
        await using var storage = await TestStorage.CreateAsync();
        var commits = storage.GetRequiredService<BlobGoldCommitStore>();
        var tenant = TestStorage.NewTenant();
        await using (var held = await commits.TryAcquireAsync(tenant, default))
        {
            await commits.CommitAsync(held!, Commit(tenant, version: 2), default);
            await held!.SaveAsync(Commit(tenant, version: 1), default);
        }

        await using var next = await commits.TryAcquireAsync(tenant, default);

        Assert.That((await ManifestAsync(storage, Commit(tenant, 2)))!.Manifest.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task TrySwap_SomebodyElseWasQuicker_IsRefused()
    {
        await using var storage = await TestStorage.CreateAsync();
        var manifests = storage.GetRequiredService<BlobManifestStore>();
        var commit = Commit(TestStorage.NewTenant(), version: 1);
        await manifests.TrySwapAsync(commit.Run.TenantId, commit.Manifests[0], null, default);

        var isSwapped = await manifests.TrySwapAsync(commit.Run.TenantId, commit.Manifests[0], null, default);

        Assert.That(isSwapped, Is.False);
    }

    private static Task<VersionedManifest?> ManifestAsync(IServiceProvider storage, GoldCommit commit) =>
        storage.GetRequiredService<BlobManifestStore>().ReadAsync(commit.Run.TenantId, DatasetNames.LatestOffers, default);

    private static GoldCommit Commit(TenantId tenantId, int version)
    {
        var runId = new RunId(tenantId, PlanId.Parse("p"), At.AddSeconds(version));
        return new GoldCommit
        {
            Run = new RunRef { RunId = runId, Platform = "generic-shop", Kind = CrawlKind.Products },
            Result = new AggregateOutput { Objects = new ObjectCounts { Delivered = version } },
            Manifests =
            [
                new DatasetManifest
                {
                    Dataset = DatasetNames.LatestOffers,
                    Version = version,
                    UpdatedUtc = At,
                    UpdatedBy = runId,
                    Files = [new ManifestFile("gold/x.parquet", "platform=generic-shop", runId, 1, 1)],
                },
            ],
        };
    }
}
