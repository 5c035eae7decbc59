using Marketline.Storage.Caching;

namespace Marketline.Tests.Storage.Caching;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TimedCacheTests
{
    private readonly ManualTimeProvider _time = new();
    private int _reads;

    [TestCase("short", 1)]
    [TestCase("long", 60)]
    public async Task Get_LifetimeOfTheValue_IsKeptForIt(string value, int seconds)
    {
        using var cache = NewCache();
        await GetAsync(cache, value);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await GetAsync(cache, value);
        var within = _reads;
        _time.Advance(TimeSpan.FromTicks(1));
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
        new(TimeSpan.FromSeconds(1), 10, _time, value => value switch { null => TimeSpan.Zero, "long" => TimeSpan.FromMinutes(1), _ => TimeSpan.FromSeconds(1) });

    private Task<string?> GetAsync(TimedCache<string, string> cache, string? value) =>
        cache.GetAsync(
            "key",
            _ =>
            {
                _reads++;
                return Task.FromResult(value);
            },
            CancellationToken.None
        );
}
