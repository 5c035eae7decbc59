using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Packages.DurableTask;

public sealed class OptionsTests
{
    [Test]
    public void TaskOptions_FromPolicyAndHandlers_KeepThem()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(1));
        AsyncRetryHandler handler = _ => Task.FromResult(true);

        Assert.That(TaskOptions.FromRetryPolicy(policy).Retry!.Policy, Is.SameAs(policy));
        Assert.That(TaskOptions.FromRetryHandler(handler).Retry!.Handler, Is.SameAs(handler));
        Assert.That(TaskOptions.FromRetryHandler(_ => true).Retry!.Handler, Is.Not.Null);
    }

    [Test]
    public void WithInstanceId_TaskOptions_KeepsEverythingElse()
    {
        var options = new TaskOptions(new RetryPolicy(3, TimeSpan.FromSeconds(1)), new Dictionary<string, string> { ["a"] = "b" }) { Version = "2" };

        var child = options.WithInstanceId("child");

        Assert.That(child.InstanceId, Is.EqualTo("child"));
        Assert.That((child.Retry, child.Tags, child.Version), Is.EqualTo((options.Retry, options.Tags, options.Version)));
        Assert.That(new SubOrchestrationOptions((TaskOptions)child).InstanceId, Is.EqualTo("child"));
        Assert.That(new SubOrchestrationOptions((TaskOptions)child, "other").InstanceId, Is.EqualTo("other"));
    }

    [Test]
    public void WithDedupeStatuses_Given_KeepsTheOtherOptions()
    {
        var options = new StartOrchestrationOptions("id").WithDedupeStatuses(OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running);

        Assert.That(options.InstanceId, Is.EqualTo("id"));
        Assert.That(options.DedupeStatuses, Is.EqualTo(new[] { "Failed", "Running" }));
    }

    [TestCase(0, 1, 1.0, null, null)]
    [TestCase(1, 0, 1.0, null, null)]
    [TestCase(1, 1, 0.9, null, null)]
    [TestCase(1, 5, 1.0, 4, null)]
    [TestCase(1, 5, 1.0, null, 4)]
    public void RetryPolicy_OutOfRange_Throws(int attempts, int first, double coefficient, int? longest, int? timeout)
    {
        TimeSpan? Seconds(int? value) => value is { } number ? TimeSpan.FromSeconds(number) : null;

        Assert.That(
            () => new RetryPolicy(attempts, TimeSpan.FromSeconds(first), coefficient, Seconds(longest), Seconds(timeout)),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void RetryPolicy_NothingElseGiven_HasTheRealDefaults()
    {
        var policy = new RetryPolicy(1, TimeSpan.FromSeconds(1), maxRetryInterval: Timeout.InfiniteTimeSpan);

        Assert.That(policy.MaxRetryInterval, Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(policy.RetryTimeout, Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(new RetryPolicy(1, TimeSpan.FromSeconds(1)).MaxRetryInterval, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void NamesAndVersions_Compared_IgnoreCase()
    {
        TaskName name = "Crawl";
        TaskVersion version = "v1";

        Assert.That(name == new TaskName("CRAWL"), Is.True);
        Assert.That(name.GetHashCode(), Is.EqualTo(new TaskName("CRAWL").GetHashCode()));
        Assert.That(version == new TaskVersion("V1"), Is.True);
        Assert.That(new TaskVersion(null), Is.EqualTo(TaskVersion.Unversioned));
        Assert.That(() => new TaskVersion(" "), Throws.ArgumentException);
    }
}
