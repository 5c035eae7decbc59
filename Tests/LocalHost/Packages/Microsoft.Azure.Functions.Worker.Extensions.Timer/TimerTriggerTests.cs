using System.Globalization;
using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost.Packages.Worker.Timers;

public sealed class TimerTriggerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 2, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _clock = null!;
    private Runs _runs = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _clock = new ManualTimeProvider(Start);
        _runs = new Runs(_clock);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Run_ClockReachesTheSchedule_FiresOnceEachTime()
    {
        await using var host = await StartAsync("0 */5 * * * *");

        _clock.Advance(TimeSpan.FromMinutes(3));
        var first = await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        var second = await NextAsync();

        Assert.That((first.At, first.IsPastDue), Is.EqualTo(("10:05:00", false)));
        Assert.That((second.At, second.IsPastDue), Is.EqualTo(("10:10:00", false)));
        Assert.That(second.Status?.Last, Is.EqualTo(new DateTime(2026, 11, 21, 10, 5, 0, DateTimeKind.Utc)));
        Assert.That(second.Status?.Next, Is.EqualTo(new DateTime(2026, 11, 21, 10, 10, 0, DateTimeKind.Utc)));
    }

    [Test]
    public async Task Run_FirstStartEver_IsNotPastDueAndHasNoLast()
    {
        await using var host = await StartAsync("0 */5 * * * *");

        _clock.Advance(TimeSpan.FromMinutes(3));
        var run = await NextAsync();

        Assert.That((run.IsPastDue, run.Status?.Last), Is.EqualTo((false, default(DateTime))));
    }

    [Test]
    public async Task Start_OccurrenceMissedWhileDown_RunsOnceAtOncePastDue()
    {
        await using (await StartAsync("0 */5 * * * *"))
        {
            _clock.Advance(TimeSpan.FromMinutes(3));
            await NextAsync();
        }

        _clock.Advance(TimeSpan.FromHours(2));
        await using var host = await StartAsync("0 */5 * * * *");
        var missed = await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        var regular = await NextAsync();

        Assert.That((missed.At, missed.IsPastDue), Is.EqualTo(("12:05:00", true)));
        Assert.That((regular.At, regular.IsPastDue), Is.EqualTo(("12:10:00", false)));
    }

    [Test]
    public async Task Start_NeverRunBeforeButSeen_IsPastDueForTheMissedFirstRun()
    {
        await (await StartAsync("0 */5 * * * *")).DisposeAsync();

        _clock.Advance(TimeSpan.FromMinutes(4));
        await using var host = await StartAsync("0 */5 * * * *");

        Assert.That((await NextAsync()).IsPastDue, Is.True);
    }

    [Test]
    public async Task Start_NothingMissed_WaitsForTheNextOccurrence()
    {
        await (await StartAsync("0 */5 * * * *")).DisposeAsync();

        _clock.Advance(TimeSpan.FromMinutes(1));
        await using var host = await StartAsync("0 */5 * * * *");
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.That((await NextAsync()) is { At: "10:05:00", IsPastDue: false }, Is.True);
    }

    [Test]
    public async Task Start_ScheduleChanged_IsNotPastDue()
    {
        await (await StartAsync("0 */5 * * * *")).DisposeAsync();

        _clock.Advance(TimeSpan.FromHours(3));
        await using var host = await StartAsync("0 0 * * * *");
        _clock.Advance(TimeSpan.FromMinutes(58));

        Assert.That((await NextAsync()) is { At: "14:00:00", IsPastDue: false }, Is.True);
    }

    [Test]
    public async Task Start_StateFileBroken_CountsAsNeverRun()
    {
        await (await StartAsync("0 */5 * * * *")).DisposeAsync();
        _folder.Write(Path.Combine(".engine", "timers", "Timer.json"), "{ not json");

        _clock.Advance(TimeSpan.FromHours(3));
        await using var host = await StartAsync("0 */5 * * * *");
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.That((await NextAsync()).IsPastDue, Is.False);
    }

    [Test]
    public async Task Run_LongerThanItsInterval_NeverOverlapsAndCatchesUpOnce()
    {
        _runs.Hold = true;
        await using var host = await StartAsync("0 */5 * * * *");

        _clock.Advance(TimeSpan.FromMinutes(3));
        await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(17));
        var runningMeanwhile = _runs.MaxAtOnce;
        _runs.Hold = false;
        _runs.Release.SetResult();
        var late = await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(3));
        var regular = await NextAsync();

        Assert.That((runningMeanwhile, _runs.MaxAtOnce), Is.EqualTo((1, 1)));
        Assert.That((late.At, late.IsPastDue), Is.EqualTo(("10:22:00", false)));
        Assert.That(regular.At, Is.EqualTo("10:25:00"));
    }

    [Test]
    public async Task Run_FunctionThrows_ScheduleGoesOn()
    {
        _runs.Throws = true;
        await using var host = await StartAsync("0 */5 * * * *");

        _clock.Advance(TimeSpan.FromMinutes(3));
        await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await NextAsync()).At, Is.EqualTo("10:10:00"));
    }

    [Test]
    public async Task Run_SubMinuteSchedule_IsNotMonitored()
    {
        await using (await StartAsync("*/10 * * * * *"))
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.That((await NextAsync()).Status, Is.Null);
        }

        Assert.That(Directory.Exists(Path.Combine(_folder.FullPath, ".engine", "timers")), Is.False);
    }

    [TestCase("00:10:00", "10:12:00")]
    [TestCase("*/15 * * * *", "10:15:00")]
    public async Task Run_OtherFormsOfSchedule_AreUnderstood(string schedule, string expected)
    {
        await using var host = await StartAsync(schedule);

        _clock.Advance(TimeSpan.Parse(expected, CultureInfo.InvariantCulture) - Start.TimeOfDay);

        Assert.That((await NextAsync()).At, Is.EqualTo(expected));
    }

    [Test]
    public async Task Run_NinetyDaysAhead_FiresWhenTheClockGetsThere()
    {
        await using var host = await StartAsync("0 0 0 19 2 *");

        for (var day = 0; day < 90; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.That((await NextAsync()).IsPastDue, Is.False);
    }

    [Test]
    public async Task Start_RunOnStartup_RunsAtOnceAndThenBySchedule()
    {
        await using var host = await StartAsync("0 */5 * * * *", typeof(EagerTimer));

        var first = await NextAsync();
        _clock.Advance(TimeSpan.FromMinutes(3));
        var second = await NextAsync();

        Assert.That((first.At, first.IsPastDue, second.At), Is.EqualTo(("10:02:00", false, "10:05:00")));
    }

    [TestCase("often", "neither a cron expression")]
    [TestCase("", "the setting 'Schedule' of %Schedule% has no value")]
    [TestCase("0 0 0 30 2 *", "never comes")]
    [TestCase("00:00:00", "neither a cron expression")]
    public void Start_ScheduleNotUsable_FailsNamingTheFunction(string schedule, string problem)
    {
        Assert.That(
            async () => await StartAsync(schedule),
            Throws.InstanceOf<HostStartException>().With.Message.Contains("Function 'Timer'").And.Message.Contains(problem));
    }

    [Test]
    public void Start_UnknownTimeZone_SaysSo()
    {
        Assert.That(
            async () => await StartAsync("0 0 9 * * *", zone: "Mars/Olympus"),
            Throws.InstanceOf<HostStartException>().With.Message.Contains("WEBSITE_TIME_ZONE"));
    }

    [Test]
    public async Task Run_TimeZoneSet_ScheduleAndStatusAreOnItsClock()
    {
        await using var host = await StartAsync("0 0 12 * * *", zone: "Europe/Berlin");

        _clock.Advance(TimeSpan.FromMinutes(58));
        var run = await NextAsync();

        Assert.That((run.At, run.Status?.Next.Hour), Is.EqualTo(("11:00:00", 12)));
    }

    private Task<FunctionsTestHost> StartAsync(string schedule, Type? timer = null, string? zone = null) =>
        FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [timer ?? typeof(PlainTimer)],
            Folder = _folder,
            Time = _clock,
            Settings = new Dictionary<string, string?> { ["Schedule"] = schedule, ["WEBSITE_TIME_ZONE"] = zone },
            Configure = builder => builder.Services.AddSingleton(_runs),
        });

    private Task<Run> NextAsync() => _runs.Seen.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public sealed record Run(string At, bool IsPastDue, ScheduleStatus? Status);

    public sealed class Runs(TimeProvider clock)
    {
        private int _atOnce;

        public Channel<Run> Seen { get; } = Channel.CreateUnbounded<Run>();

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Hold { get; set; }

        public bool Throws { get; set; }

        public int MaxAtOnce { get; private set; }

        public async Task AddAsync(TimerInfo timer)
        {
            MaxAtOnce = Math.Max(MaxAtOnce, ++_atOnce);
            await Seen.Writer.WriteAsync(new Run(clock.GetUtcNow().ToString("HH:mm:ss"), timer.IsPastDue, timer.ScheduleStatus));
            await (Hold ? Release.Task : Task.CompletedTask);
            _atOnce--;
            if (Throws)
            {
                throw new InvalidOperationException("on purpose");
            }
        }
    }

    public sealed class PlainTimer(Runs runs)
    {
        [Function("Timer")]
        public Task RunAsync([TimerTrigger("%Schedule%")] TimerInfo timer) => runs.AddAsync(timer);
    }

    public sealed class EagerTimer(Runs runs)
    {
        [Function("Timer")]
        public Task RunAsync([TimerTrigger("%Schedule%", RunOnStartup = true)] TimerInfo timer) => runs.AddAsync(timer);
    }
}
