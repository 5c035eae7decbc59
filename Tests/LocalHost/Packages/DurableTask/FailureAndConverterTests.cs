using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Marketline.Tests.LocalHost.Packages.DurableTask;

public sealed class FailureAndConverterTests
{
    [Test]
    public void FromException_Nested_KeepsTheChain()
    {
        var failure = TaskFailureDetails.FromException(new InvalidOperationException("outer", new TimeoutException("inner")));

        Assert.That(failure.ToString(), Is.EqualTo("System.InvalidOperationException: outer"));
        Assert.That(failure.InnerFailure!.IsCausedBy<TimeoutException>(), Is.True);
    }

    [Test]
    public void FromException_FailedTask_LeadsToItsCause()
    {
        var cause = TaskFailureDetails.FromException(new TimeoutException("slow"));

        var failure = TaskFailureDetails.FromException(new TaskFailedException("Step", 3, cause));

        Assert.That(failure.ErrorMessage, Is.EqualTo("Task 'Step' (#3) failed with an unhandled exception: slow"));
        Assert.That(failure.InnerFailure, Is.SameAs(cause));
    }

    [Test]
    public void IsCausedBy_TypeThatIsNotLoadedOrNoException_IsFalseOrThrows()
    {
        var failure = new TaskFailureDetails("Nowhere.LostException", "gone", null, null, null);

        Assert.That(failure.IsCausedBy<Exception>(), Is.False);
        Assert.That(() => failure.IsCausedBy(typeof(string)), Throws.ArgumentException);
    }

    [Test]
    public void JsonDataConverter_Default_KeepsNamesAndFieldsAsWritten()
    {
        var json = JsonDataConverter.Default.Serialize(new WithField { Number = 7 });

        Assert.That(json, Is.EqualTo("""{"Number":7}"""));
        Assert.That(JsonDataConverter.Default.Deserialize<WithField>(json)!.Number, Is.EqualTo(7));
        Assert.That(JsonDataConverter.Default.Deserialize<WithField>("""{"number":7}""")!.Number, Is.Zero);
        Assert.That(JsonDataConverter.Default.Serialize(null), Is.Null);
        Assert.That(JsonDataConverter.Default.Deserialize<int>(null), Is.Zero);
    }

    private sealed class WithField
    {
        public int Number;
    }
}
