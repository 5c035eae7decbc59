using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Blobs;

public sealed class LeasedRecordTests
{
    private static readonly SiteThrottleState State = new() { DelaySeconds = 1.5, ConsecutiveFailureCount = 2 };

    [Test]
    public async Task TryAcquire_TwoWorkers_OnlyOneHoldsTheSlot()
    {
        await using var one = await TestStorage.CreateAsync();
        await using var two = await TestStorage.CreateAsync();
        var site = $"{Guid.NewGuid():N}.example";

        await using var held = await one.GetRequiredService<BlobSiteSlotStore>().TryAcquireAsync(site, default);
        var second = await two.GetRequiredService<BlobSiteSlotStore>().TryAcquireAsync(site, default);

        Assert.That(held, Is.Not.Null);
        Assert.That(second, Is.Null);
    }

    [Test]
    public async Task TryAcquire_ManyAtOnceOnANewSite_ExactlyOneWins()
    {
        await using var storage = await TestStorage.CreateAsync();
        var slots = storage.GetRequiredService<BlobSiteSlotStore>();
        var site = $"{Guid.NewGuid():N}.example";

        var held = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => slots.TryAcquireAsync(site, default)));

        Assert.That(held.Count(slot => slot is not null), Is.EqualTo(1));
        await held.Single(slot => slot is not null)!.DisposeAsync();
    }

    [Test]
    public async Task Save_ThenDispose_NextHolderGetsTheState()
    {
        await using var storage = await TestStorage.CreateAsync();
        var slots = storage.GetRequiredService<BlobSiteSlotStore>();
        var site = $"{Guid.NewGuid():N}.example";

        await using (var first = await slots.TryAcquireAsync(site, default))
        {
            await first!.SaveAsync(State, default);
        }

        await using var next = await slots.TryAcquireAsync(site, default);
        Assert.That(next!.State, Is.EqualTo(State));
    }

    [Test]
    public async Task Save_AfterTheLeaseWentToAnother_IsRefused()
    {
        await using var storage = await TestStorage.CreateAsync();
        var slots = storage.GetRequiredService<BlobSiteSlotStore>();
        var site = $"{Guid.NewGuid():N}.example";
        var first = await slots.TryAcquireAsync(site, default);
        await first!.DisposeAsync();
        await using var second = await slots.TryAcquireAsync(site, default);

        Func<Task> save = () => first.SaveAsync(State, default);

        Assert.That(save, Throws.TypeOf<TransientStepException>());
    }
}
