namespace Marketline.Core.Admission;

/// <summary>
/// Decides who gets a free place: weighted max-min over tenants. The next place goes to the tenant that has the least of its
/// share (granted by weight) among those below their bound; of two with as little, to the one that has waited longer. Within a
/// tenant the order is priority, then age. So no place is idle while somebody may have it, and nobody waits for ever for others.
/// </summary>
public static class FairShare
{
    private static readonly Comparer<Line> LeastServedFirst = Comparer<Line>.Create(Compare);

    /// <param name="tickets">All of a pool, none of them expired.</param>
    /// <param name="shares">By tenant; one that is not there has no bound of its own.</param>
    /// <param name="capacity">The pool's places.</param>
    /// <returns>The waiting tickets to be granted now, in order.</returns>
    public static IReadOnlyList<Ticket> Choose(
        IReadOnlyCollection<Ticket> tickets,
        IReadOnlyDictionary<string, TenantShare> shares,
        int capacity
    )
    {
        var free = capacity - tickets.Count(ticket => ticket.IsGranted);
        var chosen = new List<Ticket>();
        if (free <= 0)
        {
            return chosen;
        }

        var lines = new PriorityQueue<Line, Line>(LeastServedFirst);
        foreach (var tenant in tickets.GroupBy(ticket => ticket.TenantId))
        {
            var line = new Line(tenant, shares.GetValueOrDefault(tenant.Key.Value, TenantShare.Unbounded));
            if (line.HasNext)
            {
                lines.Enqueue(line, line);
            }
        }

        while (chosen.Count < free && lines.TryDequeue(out var line, out _))
        {
            chosen.Add(line.Take());
            if (line.HasNext)
            {
                lines.Enqueue(line, line);
            }
        }

        return chosen;
    }

    /// <summary>The order within a tenant.</summary>
    private static int Compare(Ticket left, Ticket right) =>
        left.Priority != right.Priority ? left.Priority.CompareTo(right.Priority) : CompareAge(left, right);

    private static int CompareAge(Ticket left, Ticket right) =>
        left.RequestedUtc != right.RequestedUtc
            ? left.RequestedUtc.CompareTo(right.RequestedUtc)
            : string.CompareOrdinal(left.Id, right.Id);

    private static int Compare(Line left, Line right) =>
        left.Served != right.Served ? left.Served.CompareTo(right.Served) : CompareAge(left.Next, right.Next);

    /// <summary>A tenant's waiting tickets in order, and what it has. Groups are within a tenant.</summary>
    private sealed class Line
    {
        private readonly List<Ticket> _waiting;
        private readonly HashSet<string> _taken;
        private readonly TenantShare _share;
        private int _granted;
        private int _position;

        public Line(IEnumerable<Ticket> tickets, TenantShare share)
        {
            var byState = tickets.ToLookup(ticket => ticket.IsGranted);
            _share = share;
            _granted = byState[true].Count();
            _taken = [.. byState[true].Select(ticket => ticket.Group).OfType<string>()];
            _waiting = [.. byState[false]];
            _waiting.Sort(Compare);
            SkipBlocked();
        }

        public bool HasNext => _position < _waiting.Count && _granted < _share.MaxGranted;

        public Ticket Next => _waiting[_position];

        public double Served => _granted / (double)Math.Max(1, _share.Weight);

        public Ticket Take()
        {
            var ticket = _waiting[_position++];
            _granted++;
            if (ticket.Group is { } group)
            {
                _taken.Add(group);
            }

            SkipBlocked();
            return ticket;
        }

        /// <summary>What is blocked now stays so for this time: grants only take groups.</summary>
        private void SkipBlocked()
        {
            while (_position < _waiting.Count && _waiting[_position] is { IsExclusive: true, Group: { } group } && _taken.Contains(group))
            {
                _position++;
            }
        }
    }
}
