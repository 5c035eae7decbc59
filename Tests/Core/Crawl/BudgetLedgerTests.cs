using Marketline.Core.Crawl;
using Marketline.Core.Plans;

namespace Marketline.Tests.Core.Crawl;

public sealed class BudgetLedgerTests
{
    private static readonly RunBudget Hundred = new(100, null, null, null);

    [Test]
    public void Reserve_SeveralBatches_NeverMoreThanThereIs()
    {
        var (ledger, first) = BudgetLedger.Empty.Reserve("a", Hundred, 60);
        (ledger, var second) = ledger.Reserve("b", Hundred, 60);
        (_, var third) = ledger.Reserve("c", Hundred, 60);

        Assert.That((first.PageCount, second.PageCount, third.UsedUpReason), Is.EqualTo((60, 40, FetchReasons.BudgetPages)));
    }

    [Test]
    public void Reserve_SameBatchAgain_ReplacesWhatAnEarlierAttemptHadReserved()
    {
        var (ledger, _) = BudgetLedger.Empty.Reserve("a", Hundred, 100);

        var (_, again) = ledger.Reserve("a", Hundred, 100);

        Assert.That(again.PageCount, Is.EqualTo(100));
    }

    [Test]
    public void Settle_LessThanReserved_GivesTheRestBack()
    {
        var (ledger, _) = BudgetLedger.Empty.Reserve("a", Hundred, 100);

        var (next, grant) = ledger.Settle("a", new BatchUse(30, 5_000, 2)).Reserve("b", Hundred, 100);

        Assert.That((grant.PageCount, next.Used), Is.EqualTo((70, new BatchUse(30, 5_000, 2))));
    }

    [TestCase(10, null, null, FetchReasons.BudgetPages)]
    [TestCase(null, 1_000, null, FetchReasons.BudgetBytes)]
    [TestCase(null, null, 5, FetchReasons.BudgetErrors)]
    [TestCase(11, 1_001, 6, null)]
    public void Reserve_AllUsed_SaysWhatIsUsedUp(int? pages, int? bytes, int? errors, string? reason)
    {
        var ledger = BudgetLedger.Empty.Settle("a", new BatchUse(10, 1_000, 5));

        var (_, grant) = ledger.Reserve("b", new RunBudget(pages, bytes, errors, null), 200);

        Assert.That(grant.UsedUpReason, Is.EqualTo(reason));
    }

    [Test]
    public void Of_PlanWithoutBounds_IsNone()
    {
        var now = DateTimeOffset.UnixEpoch;

        Assert.That(RunBudget.Of(new PlanLimits(), now), Is.Null);
        Assert.That(RunBudget.Of(new PlanLimits { MaxMinutes = 5 }, now), Is.EqualTo(new RunBudget(null, null, null, now.AddMinutes(5))));
        Assert.That(RunBudget.Of(new PlanLimits { MaxMegabytes = 2 }, now)!.MaxBytes, Is.EqualTo(2 * 1_048_576));
    }
}
