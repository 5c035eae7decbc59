using FsCheck;
using FsCheck.Fluent;
using Marketline.Core.Admission;
using static Marketline.Tests.Core.Admission.TicketBook;

namespace Marketline.Tests.Core.Admission;

public sealed class FairShareTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_260_101UL, 4_711UL);

    private static readonly Dictionary<string, TenantShare> NoShares = [];

    /// <summary>A pool in any state: up to six tenants with weights, bounds and plans, tickets that wait and tickets that are granted.</summary>
    private static readonly Arbitrary<State> States = (
        from capacity in Gen.Choose(0, 12)
        from weights in Gen.Choose(1, 5).ArrayOf(6)
        from bounds in Gen.Choose(0, 8).ArrayOf(6)
        from tickets in (
            from tenant in Gen.Choose(0, 5)
            from plan in Gen.Choose(0, 3)
            from priority in Gen.Choose(0, 9)
            from isGranted in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            select (Tenant: tenant, Plan: plan, Priority: priority, IsGranted: isGranted)
        ).ListOf()
        select new State(
            capacity,
            Shares([.. weights.Zip(bounds, (weight, bound) => (weight, bound)).Select((share, i) => ($"tenant{i}", share.weight, share.bound))]),
            [.. tickets.Select(ticket => ticket.IsGranted ? Granted(Name(ticket.Tenant)) : Waiting(Name(ticket.Tenant), Plan(ticket.Plan), ticket.Priority))]
        )
    ).ToArbitrary();

    [Test]
    public void Choose_FreePlaces_AreGivenInTheOrderOfAge()
    {
        var tickets = Many(5, () => Waiting("acme")).ToList();

        var chosen = FairShare.Choose(tickets, NoShares, capacity: 3);

        Assert.That(chosen, Is.EqualTo(tickets[..3]));
    }

    [Test]
    public void Choose_WithinATenant_PriorityComesBeforeAge()
    {
        var (old, urgent, idle) = (Waiting("acme"), Waiting("acme", priority: 0), Waiting("acme", priority: 9));

        var chosen = FairShare.Choose([idle, old, urgent], NoShares, capacity: 3);

        Assert.That(chosen, Is.EqualTo(new[] { urgent, old, idle }));
    }

    [Test]
    public void Choose_BetweenTenants_PriorityDoesNotCount()
    {
        var (old, urgent) = (Waiting("acme", priority: 9), Waiting("other", priority: 0));

        var chosen = FairShare.Choose([urgent, old], NoShares, capacity: 1);

        Assert.That(chosen, Is.EqualTo(new[] { old }));
    }

    [Test]
    public void Choose_BigTenantWasFirst_TheOthersGetTheNextPlaces()
    {
        var big = Many(4, () => Granted("big")).Concat(Many(100, () => Waiting("big")));
        var small = Many(3, () => Waiting("small")).Concat(Many(3, () => Waiting("tiny")));

        var chosen = FairShare.Choose([.. big, .. small], NoShares, capacity: 8);

        Assert.That(chosen.Select(ticket => ticket.TenantId.Value), Is.EqualTo(new[] { "small", "tiny", "small", "tiny" }));
    }

    [Test]
    public void Choose_Weights_GiveSharesInProportion()
    {
        var tickets = Many(50, () => Waiting("one")).Concat(Many(50, () => Waiting("two"))).Concat(Many(50, () => Waiting("five"))).ToList();

        var chosen = FairShare.Choose(tickets, Shares(("one", 1, 100), ("two", 2, 100), ("five", 5, 100)), capacity: 40);

        Assert.That(Count(chosen, "one"), Is.EqualTo(5));
        Assert.That(Count(chosen, "two"), Is.EqualTo(10));
        Assert.That(Count(chosen, "five"), Is.EqualTo(25));
    }

    [Test]
    public void Choose_TenantAtItsBound_LeavesTheRestToOthers()
    {
        var tickets = Many(10, () => Waiting("bounded")).Concat(Many(10, () => Waiting("other"))).ToList();

        var chosen = FairShare.Choose(tickets, Shares(("bounded", 100, 2)), capacity: 8);

        Assert.That((Count(chosen, "bounded"), Count(chosen, "other")), Is.EqualTo((2, 6)));
    }

    [Test]
    public void Choose_TenantsBound_HoldsWhateverIsFree()
    {
        var tickets = Many(10, () => Waiting("bounded")).Append(Granted("bounded")).ToList();

        Assert.That(FairShare.Choose(tickets, Shares(("bounded", 1, 3)), capacity: 100), Has.Count.EqualTo(2));
    }

    [Test]
    public void Choose_TicketsOfAGroup_OneAtATime()
    {
        var tickets = new[] { Waiting("acme", "daily"), Waiting("acme", "daily"), Waiting("acme", "hourly"), Waiting("other", "daily") };

        var chosen = FairShare.Choose(tickets, NoShares, capacity: 10);

        Assert.That(chosen, Is.EquivalentTo(new[] { tickets[0], tickets[2], tickets[3] }));
    }

    [Test]
    public void Choose_GroupIsTaken_TheNextOfTheTenantComes()
    {
        var (blocked, free) = (Waiting("acme", "daily", priority: 0), Waiting("acme", "hourly"));

        var chosen = FairShare.Choose([Granted("acme", "daily"), blocked, free], NoShares, capacity: 2);

        Assert.That(chosen, Is.EqualTo(new[] { free }));
    }

    [Test]
    public void Choose_TicketsThatMayOverlap_AreNotHeldUp()
    {
        var tickets = Many(3, () => Waiting("acme", "daily", isExclusive: false)).ToList();

        Assert.That(FairShare.Choose(tickets, NoShares, capacity: 10), Has.Count.EqualTo(3));
    }

    [Test]
    public void Choose_MoreGrantedThanTheCapacityIsNow_GrantsNothing()
    {
        var tickets = Many(5, () => Granted("acme")).Append(Waiting("other")).ToList();

        Assert.That(FairShare.Choose(tickets, NoShares, capacity: 3), Is.Empty);
    }

    [Test]
    public void Choose_AnyState_KeepsCapacityBoundsAndGroups() => Check(state =>
    {
        var after = After(state);

        var granted = after.Where(ticket => ticket.IsGranted).ToList();
        var byTenant = granted.GroupBy(ticket => ticket.TenantId.Value).ToList();
        return (state.IsFull || granted.Count <= state.Capacity)
            && byTenant.TrueForAll(tenant => !state.Gained(tenant.Key) || tenant.Count() <= state.Shares[tenant.Key].MaxGranted)
            && granted.Where(ticket => ticket.IsExclusive).GroupBy(ticket => (ticket.TenantId, ticket.Group)).All(group => group.Count() == 1);
    });

    [Test]
    public void Choose_AnyState_LeavesNoPlaceIdle() => Check(state =>
    {
        var after = After(state);

        var isFull = after.Count(ticket => ticket.IsGranted) >= state.Capacity;
        return isFull || after.Where(ticket => !ticket.IsGranted).All(ticket => IsHeldUp(ticket, after, state.Shares));
    });

    /// <summary>Nobody has got a place that a tenant with less of its share was waiting for.</summary>
    [Test]
    public void Choose_AnyState_RespectsTheWeights() => Check(state =>
    {
        var after = After(state);

        var waiting = after.Where(ticket => !ticket.IsGranted && !IsHeldUp(ticket, after, state.Shares)).Select(ticket => ticket.TenantId.Value).Distinct();
        return waiting.All(poor =>
            state.Shares.Keys.Where(state.Gained).All(rich => (CountOf(after, rich) - 1.0) / state.Shares[rich].Weight <= CountOf(after, poor) / (double)state.Shares[poor].Weight)
        );
    });

    /// <summary>One place, five greedy tenants that ask again at once: everybody's ticket comes through.</summary>
    [Test]
    public void Choose_AgainAndAgain_StarvesNobody()
    {
        var shares = Shares(("tenant0", 50, 10), ("tenant1", 1, 10), ("tenant2", 1, 10), ("tenant3", 5, 10), ("tenant4", 1, 1));
        var tickets = shares.Keys.SelectMany(tenant => Many(20, () => Waiting(tenant))).ToDictionary(ticket => ticket.Id);
        var first = tickets.Keys.ToHashSet();

        for (var round = 0; round < 1_000 && first.Count > 0; round++)
        {
            var chosen = FairShare.Choose(tickets.Values, shares, capacity: 1).Single();
            tickets.Remove(chosen.Id);
            first.Remove(chosen.Id);
            var next = Waiting(chosen.TenantId.Value, priority: 0 + (round % 10));
            tickets.Add(next.Id, next with { Priority = 5 });
        }

        Assert.That(first, Is.Empty);
    }

    private static void Check(Func<State, bool> holds) => Assert.DoesNotThrow(() => Prop.ForAll(States, holds).Check(Repeatable));

    private static List<Ticket> After(State state)
    {
        var chosen = FairShare.Choose(state.Tickets, state.Shares, state.Capacity).Select(ticket => ticket.Id).ToHashSet();
        state.Chosen = [.. state.Tickets.Where(ticket => chosen.Contains(ticket.Id)).Select(ticket => ticket.TenantId.Value)];
        return state.Tickets.ConvertAll(ticket => chosen.Contains(ticket.Id) ? ticket with { GrantedUtc = Now } : ticket);
    }

    private static bool IsHeldUp(Ticket ticket, List<Ticket> all, Dictionary<string, TenantShare> shares) =>
        CountOf(all, ticket.TenantId.Value) >= shares[ticket.TenantId.Value].MaxGranted
        || all.Exists(other => other.IsGranted && other.TenantId == ticket.TenantId && other.Group == ticket.Group);

    private static int CountOf(List<Ticket> all, string tenant) => all.Count(ticket => ticket.IsGranted && ticket.TenantId.Value == tenant);

    private static int Count(IEnumerable<Ticket> tickets, string tenant) => tickets.Count(ticket => ticket.TenantId.Value == tenant);

    private static string Name(int tenant) => $"tenant{tenant}";

    private static string Plan(int plan) => $"plan{plan}";

    private sealed record State(int Capacity, Dictionary<string, TenantShare> Shares, List<Ticket> Tickets)
    {
        public List<string> Chosen { get; set; } = [];

        public bool IsFull => Tickets.Count(ticket => ticket.IsGranted) >= Capacity;

        public bool Gained(string tenant) => Chosen.Contains(tenant);
    }
}
