using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Tests.Storage.Blobs;

/// <summary>A lease while time goes by and the service is in trouble. The clock moves at the tests' word.</summary>
public sealed class BlobLeaseTests
{
    private const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2021_12_02;

    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SemaphoreSlim _attempts = null!;
    private ManualTimeProvider _clock = null!;
    private Func<string, Task> _onLease = null!;
    private string _site = "";
    private LeasedRecord<SiteThrottleState>? _slot;

    [SetUp]
    public async Task AcquireAsync()
    {
        _attempts = new SemaphoreSlim(0);
        _clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        _onLease = _ => Task.CompletedTask;
        _site = $"{Guid.NewGuid():N}.example";
        var options = new BlobClientOptions(Version) { Transport = new StorageFaults(AnswerAsync).Transport };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        var service = new BlobServiceClient(await AzuriteFixture.ConnectionStringAsync(), options);
        var slots = new BlobSiteSlotStore(new BlobContainers(service), _clock);
        _slot = await slots.TryAcquireAsync(_site, CancellationToken.None);
    }

    [TearDown]
    public async Task ReleaseAsync()
    {
        _onLease = _ => Task.CompletedTask;
        await (_slot?.DisposeAsync() ?? default);
        _attempts.Dispose();
    }

    [Test]
    public async Task Lost_RenewalsSucceed_IsHeldAsLongAsTheWorkLasts()
    {
        for (var i = 0; i < 12; i++)
        {
            await RenewAsync();
        }

        Assert.That(_slot!.Lost.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task Lost_ServiceCanNotBeReached_IsToldBeforeTheLeaseEnds()
    {
        _onLease = _ => throw new HttpRequestException("refused");
        _clock.Advance(RenewalPeriod);
        await _attempts.WaitAsync(Patience);
        await _attempts.WaitAsync(Patience);

        _clock.Advance(LeaseDuration - RenewalPeriod);

        Assert.That(_slot!.Lost.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Lost_RenewalIsNotAnswered_IsToldBeforeTheLeaseEnds()
    {
        var answer = new TaskCompletionSource();
        _onLease = _ => answer.Task;
        _clock.Advance(RenewalPeriod);
        await _attempts.WaitAsync(Patience);

        _clock.Advance(LeaseDuration - RenewalPeriod);
        var isLost = _slot!.Lost.IsCancellationRequested;
        answer.SetResult();

        Assert.That(isLost, Is.True);
    }

    [Test]
    public async Task Lost_ServiceIsAwayForAMoment_IsHeldOn()
    {
        _onLease = _ => throw new HttpRequestException("refused");
        _clock.Advance(RenewalPeriod);
        await _attempts.WaitAsync(Patience);
        await _attempts.WaitAsync(Patience);
        _onLease = _ => Task.CompletedTask;

        for (var i = 0; i < 4; i++)
        {
            await RenewAsync();
        }

        Assert.That(_slot!.Lost.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task Lost_SomebodyBrokeTheLease_IsToldAtTheNextRenewal()
    {
        await BreakAsync();
        var lost = new TaskCompletionSource();
        await using var registration = _slot!.Lost.Register(lost.SetResult);

        _clock.Advance(RenewalPeriod);

        Assert.That(async () => await lost.Task.WaitAsync(Patience), Throws.Nothing);
    }

    [Test]
    public async Task Save_SomebodyBrokeTheLease_IsATransientFault()
    {
        await BreakAsync();

        Func<Task> save = () => _slot!.SaveAsync(new SiteThrottleState(), CancellationToken.None);

        Assert.That(save, Throws.TypeOf<TransientStepException>());
    }

    [Test]
    public void Dispose_ServiceCanNotBeReached_DoesNotUndoTheWork()
    {
        _onLease = _ => throw new HttpRequestException("refused");

        var slot = _slot!;
        _slot = null;

        Assert.That(async () => await slot.DisposeAsync(), Throws.Nothing);
    }

    /// <summary>Lets the next renewal happen, until it has moved the lease's end.</summary>
    private async Task RenewAsync()
    {
        var before = _clock.TimerChangeCount;
        _clock.Advance(RenewalPeriod);
        using var deadline = new CancellationTokenSource(Patience);
        while (_clock.TimerChangeCount == before)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<HttpResponseMessage?> AnswerAsync(HttpRequestMessage request)
    {
        var action = request.Headers.TryGetValues("x-ms-lease-action", out var values) ? values.Single() : "acquire";
        if (action != "acquire")
        {
            _attempts.Release();
            await _onLease(action);
        }

        return null;
    }

    private async Task BreakAsync()
    {
        var service = new BlobServiceClient(await AzuriteFixture.ConnectionStringAsync(), new BlobClientOptions(Version));
        var blob = service.GetBlobContainerClient(BlobNames.SystemContainer).GetBlobClient(BlobNames.SiteSlot(_site));
        await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
    }
}
