using Marketline.Core.Admission;
using static Marketline.Tests.Core.Admission.TicketBook;

namespace Marketline.Tests.Core.Admission;

public sealed class AdmissionDeskTests
{
    private AdmissionLedger _ledger = AdmissionLedger.Empty;
    private DateTimeOffset _now = Now;

    [SetUp]
    public void SetUp() => (_ledger, _now) = (AdmissionLedger.Empty, Now);

    [Test]
    public void Request_PlaceIsFree_IsGrantedAtOnce()
    {
        var ticket = Waiting("acme");

        var answer = Apply(1, Request(ticket)).Single();

        Assert.That((answer.IsNew, answer.Ticket!.GrantedUtc, answer.Ticket.RequestedUtc), Is.EqualTo((true, (DateTimeOffset?)Now, Now)));
        Assert.That(answer.Ticket.ExpiresUtc, Is.EqualTo(Now.AddMinutes(15)));
        Assert.That(answer.Woken, Is.Empty, "it knows by its answer");
    }

    [Test]
    public void Request_NoPlaceIsFree_Waits()
    {
        Apply(1, Request(Waiting("acme")));

        var answer = Apply(1, Request(Waiting("acme"))).Single();

        Assert.That((answer.IsNew, answer.Ticket!.IsGranted, answer.Ticket.ExpiresUtc), Is.EqualTo((true, false, Now.AddMinutes(5))));
    }

    [Test]
    public void Request_SameTicketAgain_IsTheSameTicketRenewed()
    {
        var ticket = Waiting("acme");
        Apply(1, Request(ticket));
        _now = Now.AddMinutes(10);

        var answer = Apply(1, Request(ticket)).Single();

        Assert.That(_ledger.Tickets, Has.Count.EqualTo(1));
        Assert.That((answer.IsNew, answer.Ticket!.GrantedUtc, answer.Ticket.ExpiresUtc), Is.EqualTo((false, (DateTimeOffset?)Now, Now.AddMinutes(25))));
    }

    [Test]
    public void Request_AgainAfterAMoment_IsNotWorthAWrite()
    {
        var ticket = Waiting("acme");
        Apply(1, Request(ticket));

        var turn = AdmissionDesk.Apply(_ledger, Pool(1), [Request(ticket)], Now.AddMinutes(1));

        Assert.That(turn.IsChanged, Is.False);
        Assert.That(turn.Ledger, Is.SameAs(_ledger));
        Assert.That(turn.Answers[0].Ticket!.IsGranted, Is.True);
    }

    [Test]
    public void Request_ByAnotherWorkersInstance_IsToldThere()
    {
        var ticket = Waiting("acme");
        Apply(0, Request(ticket with { TaskHub = "old", InstanceId = "one" }));

        Apply(0, Request(ticket with { TaskHub = "new", InstanceId = "two" }));

        Assert.That((_ledger.Tickets[0].TaskHub, _ledger.Tickets[0].InstanceId), Is.EqualTo(("new", "two")));
    }

    [Test]
    public void Release_OthersWait_AreGrantedAndWoken()
    {
        var (first, second, third) = (Waiting("acme"), Waiting("acme"), Waiting("other"));
        Apply(1, Request(first));
        Apply(1, Request(second), Request(third));

        var answer = Apply(1, new TicketRelease(first.Id)).Single();

        Assert.That(answer.Ticket, Is.Null);
        Assert.That(answer.Woken.Select(ticket => ticket.Id), Is.EqualTo(new[] { second.Id }));
        Assert.That(answer.Woken[0].ExpiresUtc, Is.EqualTo(Now.AddMinutes(5)), "kept for it as long as it waits");
    }

    [Test]
    public void Release_Twice_ChangesNothing()
    {
        var ticket = Waiting("acme");
        Apply(1, Request(ticket));
        Apply(1, new TicketRelease(ticket.Id));

        var turn = AdmissionDesk.Apply(_ledger, Pool(1), [new TicketRelease(ticket.Id)], _now);

        Assert.That((turn.IsChanged, _ledger.Tickets.Count), Is.EqualTo((false, 0)));
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    public void Release_OnlyIfItWaits_LeavesAGrantedOne(int capacity, bool stays)
    {
        var ticket = Waiting("acme");
        Apply(capacity, Request(ticket));

        var answer = Apply(capacity, new TicketRelease(ticket.Id, IsOnlyIfWaiting: true)).Single();

        Assert.That((answer.Ticket is not null, _ledger.Tickets.Count > 0), Is.EqualTo((stays, stays)));
    }

    [Test]
    public void Changes_Together_AreAnsweredEachAndWakeOnce()
    {
        var (leaving, waiting) = (Waiting("acme"), Waiting("acme"));
        Apply(1, Request(leaving));
        Apply(1, Request(waiting));
        var coming = Waiting("acme");

        var answers = Apply(2, Request(coming), new TicketRelease(leaving.Id), new PoolCheck(waiting.Id));

        Assert.That(answers.Select(answer => answer.Ticket?.IsGranted), Is.EqualTo(new bool?[] { true, null, true }));
        Assert.That(answers.SelectMany(answer => answer.Woken).Select(ticket => ticket.Id), Is.EqualTo(new[] { waiting.Id }));
    }

    [Test]
    public void Expired_GrantedTicket_GivesItsPlaceUp()
    {
        var (dead, next) = (Waiting("acme"), Waiting("acme"));
        Apply(1, Request(dead));
        _now = Now.AddMinutes(14);
        Apply(1, Request(next));
        _now = Now.AddMinutes(15);

        var answer = Apply(1, new PoolCheck()).Single();

        Assert.That(answer.Woken.Select(ticket => ticket.Id), Is.EqualTo(new[] { next.Id }));
        Assert.That(_ledger.Tickets, Has.Count.EqualTo(1));
    }

    [Test]
    public void Expired_PlaceThatNobodyClaimed_GoesToTheNext()
    {
        var (holder, gone, next) = (Waiting("acme"), Waiting("acme"), Waiting("acme"));
        Apply(1, Request(holder));
        Apply(1, Request(gone));
        Apply(1, new TicketRelease(holder.Id));
        _now = Now.AddMinutes(4);
        Apply(1, Request(next));
        _now = Now.AddMinutes(6);

        var answer = Apply(1, Request(next)).Single();

        Assert.That(answer.Ticket!.IsGranted, Is.True);
    }

    [Test]
    public void Request_OnlyIfTheGroupIsFree_IsNotTakenWhenItIsNot()
    {
        var first = Waiting("acme", "daily");
        Apply(2, Request(first));
        var second = Waiting("acme", "daily");

        var answer = Apply(2, new TicketRequest(second, TenantShare.Unbounded, IsOnlyIfGroupIsFree: true)).Single();

        Assert.That((answer.Ticket, answer.IsNew, answer.IsFull), Is.EqualTo(((Ticket?)null, false, false)));
        Assert.That(answer.Others.Select(other => other.Id), Is.EqualTo(new[] { first.Id }));
    }

    [Test]
    public void Request_OnlyIfTheGroupIsFree_ItsOwnTicketDoesNotCount()
    {
        var request = new TicketRequest(Waiting("acme", "daily"), TenantShare.Unbounded, IsOnlyIfGroupIsFree: true);
        Apply(1, request);

        Assert.That(Apply(1, request).Single().Ticket!.IsGranted, Is.True);
    }

    [Test]
    public void Request_TooManyTickets_IsRefused()
    {
        Apply(0, [.. Many(AdmissionDesk.MaxTicketCount, () => Waiting("acme")).Select(Request)]);

        var answer = Apply(0, Request(Waiting("other"))).Single();

        Assert.That((answer.IsFull, answer.Ticket), Is.EqualTo((true, (Ticket?)null)));
    }

    [Test]
    public void Shares_LastWordOfATenant_CountsAndGoesWithItsTickets()
    {
        var tickets = Many(3, () => Waiting("acme")).ToList();
        Apply(9, new TicketRequest(tickets[0], new TenantShare(1, 1)), new TicketRequest(tickets[1], new TenantShare(1, 1)));
        var before = _ledger.Tickets.Count(ticket => ticket.IsGranted);

        Apply(9, new TicketRequest(tickets[2], new TenantShare(3, 2)));
        var after = _ledger.Tickets.Count(ticket => ticket.IsGranted);
        var told = _ledger.Shares["acme"];
        Apply(9, [.. tickets.Select(ticket => new TicketRelease(ticket.Id))]);

        Assert.That((before, after, told), Is.EqualTo((1, 2, new TenantShare(3, 2))));
        Assert.That(_ledger.Shares, Is.Empty);
    }

    private static TicketRequest Request(Ticket ticket) => new(ticket, TenantShare.Unbounded);

    private IReadOnlyList<AdmissionAnswer> Apply(int capacity, params AdmissionChange[] changes)
    {
        var turn = AdmissionDesk.Apply(_ledger, Pool(capacity), changes, _now);
        _ledger = turn.Ledger;
        return turn.Answers;
    }
}
