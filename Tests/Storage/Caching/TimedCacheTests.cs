using Marketline.Storage.Caching;

namespace Marketline.Tests.Storage.Caching;

public sealed class TimedCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    private ManualTimeProvider _clock = null!;
    private TimedCache<string, string> _cache = null!;
    private int _reads;

    [SetUp]
    public void SetUp()
    {
        _clock = new ManualTimeProvider();
        _cache = new TimedCache<string, string>(Lifetime, 100, _clock);
        _reads = 0;
    }

    [TearDown]
    public void TearDown() => _cache.Dispose();

    [TestCase("value")]
    [TestCase(null)]
    public async Task Get_AskedAgain_IsReadOncePerLifetime(string? value)
    {
        var first = await GetAsync("key", value);
        _clock.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        var second = await GetAsync("key", "changed");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var third = await GetAsync("key", "changed");

        Assert.That((first, second, third, _reads), Is.EqualTo((value, value, "changed", 2)));
    }

    [Test]
    public async Task Get_ManyAtOnce_ShareOneRead()
    {
        var read = new TaskCompletionSource<string?>();
        var callers = Enumerable.Range(0, 50).Select(_ => Task.Run(() => _cache.GetAsync("key", Reading(read.Task), default))).ToList();
        var last = _cache.GetAsync("key", Reading(read.Task), default);
        read.SetResult("value");

        var answers = await Task.WhenAll([.. callers, last]);

        Assert.That(answers, Is.All.EqualTo("value"));
        Assert.That(_reads, Is.EqualTo(1));
    }

    [Test]
    public async Task Get_ReadFails_AllWhoWaitedLearnItAndTheNextReadsAgain()
    {
        var read = new TaskCompletionSource<string?>();
        var waiting = Enumerable.Range(0, 3).Select(_ => _cache.GetAsync("key", Reading(read.Task), default)).ToList();
        read.SetException(new InvalidOperationException("away"));

        foreach (var caller in waiting)
        {
            Assert.That(async () => await caller, Throws.InvalidOperationException);
        }

        Assert.That((await GetAsync("key", "value"), _reads), Is.EqualTo(("value", 2)));
    }

    [Test]
    public async Task Get_ReadThrowsBeforeItBegins_IsNotRemembered()
    {
        Assert.That(() => _cache.GetAsync("key", _ => throw new InvalidOperationException("away"), default), Throws.InvalidOperationException);

        Assert.That(await GetAsync("key", "value"), Is.EqualTo("value"));
    }

    [Test]
    public async Task Get_ReadIsCancelled_IsNotRemembered()
    {
        Assert.That(() => _cache.GetAsync("key", Reading(Task.FromCanceled<string?>(new CancellationToken(true))), default), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await GetAsync("key", "value"), Is.EqualTo("value"));
    }

    [Test]
    public async Task Get_FirstCallerGoesAway_TheOthersGetTheirAnswer()
    {
        using var first = new CancellationTokenSource();
        var read = new TaskCompletionSource<string?>();
        CancellationToken given = default;
        var gone = _cache.GetAsync(
            "key",
            token =>
            {
                given = token;
                return read.Task;
            },
            first.Token
        );
        var other = GetAsync("key", "of its own");
        await first.CancelAsync();
        read.SetResult("shared");

        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await other, given.IsCancellationRequested, _reads), Is.EqualTo(("shared", false, 0)));
    }

    [Test]
    public async Task Get_ReadTakesLong_AnswerIsAsOldAsItsBeginning()
    {
        var read = new TaskCompletionSource<string?>();
        var slow = _cache.GetAsync("key", Reading(read.Task), default);
        _clock.Advance(Lifetime);
        read.SetResult("old");

        Assert.That((await slow, await GetAsync("key", "new")), Is.EqualTo(("old", "new")));
    }

    [Test]
    public async Task Forget_Entry_IsReadAgain()
    {
        await GetAsync("key", "old");
        _cache.Forget("key");

        Assert.That(await GetAsync("key", "new"), Is.EqualTo("new"));
    }

    /// <summary>As with made-up key ids: what is in use is answered whatever else is asked for, and memory stays bounded.</summary>
    [Test]
    public async Task Get_MoreKeysThanItHolds_StillAnswersRightly()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.That(await GetAsync($"unknown{i}", null), Is.Null);
            Assert.That(await GetAsync("known", "value"), Is.EqualTo("value"));
        }
    }

    [TestCase("short", 20)]
    [TestCase("long", 60)]
    public async Task Get_LifetimeOfTheValue_IsKeptForIt(string value, int seconds)
    {
        using var cache = NewCache();
        await GetAsync(cache, value);

        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await GetAsync(cache, value);
        var within = _reads;
        _clock.Advance(TimeSpan.FromTicks(1));
        await GetAsync(cache, value);

        Assert.That((within, _reads), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Get_ValueThatMayNotBeKept_IsReadEachTime()
    {
        using var cache = NewCache();
        await GetAsync(cache, null);
        await GetAsync(cache, null);

        Assert.That(_reads, Is.EqualTo(2));
    }

    [Test]
    public async Task Forget_WhileItIsRead_TheValueIsNotKept()
    {
        using var cache = NewCache();
        var gate = new TaskCompletionSource<string?>();
        var first = cache.GetAsync("key", _ => gate.Task, CancellationToken.None);

        cache.Forget("key");
        gate.SetResult("long");
        await first;
        await GetAsync(cache, "long");

        Assert.That(_reads, Is.EqualTo(1));
    }

    private TimedCache<string, string> NewCache() =>
        new(Lifetime, 10, _clock, value => value switch { null => TimeSpan.Zero, "long" => TimeSpan.FromMinutes(1), _ => Lifetime });

    private Task<string?> GetAsync(TimedCache<string, string> cache, string? value) => cache.GetAsync("key", Reading(Task.FromResult(value)), default);

    private Task<string?> GetAsync(string key, string? value) => _cache.GetAsync(key, Reading(Task.FromResult(value)), default);

    private Func<CancellationToken, Task<string?>> Reading(Task<string?> answer) =>
        _ =>
        {
            Interlocked.Increment(ref _reads);
            return answer;
        };
}
