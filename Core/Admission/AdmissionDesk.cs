using Marketline.Core.Naming;

namespace Marketline.Core.Admission;

/// <summary>
/// Turns a pool's ledger into the next one. A function of its arguments, so that a worker that finds another ledger than it
/// thought can do the same again.
/// </summary>
public static class AdmissionDesk
{
    /// <summary>More than wait in any sound installation; the ledger stays below 3 MB.</summary>
    public const int MaxTicketCount = 10_000;

    /// <summary>A renewal that gains less than this part of the ticket's time is not worth a write.</summary>
    private const int RenewalPart = 4;

    public static AdmissionTurn Apply(
        AdmissionLedger ledger,
        AdmissionPool pool,
        IReadOnlyList<AdmissionChange> changes,
        DateTimeOffset nowUtc
    )
    {
        var book = new Book(ledger, pool, nowUtc);
        var answers = changes.Select(book.Take).ToList();
        var woken = book.Grant(changes);
        for (var i = 0; i < changes.Count; i++)
        {
            answers[i] = answers[i] with { Ticket = book.Find(changes[i]), Woken = i == 0 ? woken : [] };
        }

        return new AdmissionTurn(book.IsChanged ? book.Close() : ledger, book.IsChanged, answers);
    }

    /// <summary>The ledger while it is being changed.</summary>
    private sealed class Book
    {
        private readonly AdmissionPool _pool;
        private readonly DateTimeOffset _nowUtc;
        private readonly Dictionary<string, Ticket> _tickets;
        private readonly Dictionary<string, TenantShare> _shares;
        private readonly Dictionary<(TenantId Tenant, string Group), List<string>> _groups = [];

        public Book(AdmissionLedger ledger, AdmissionPool pool, DateTimeOffset nowUtc)
        {
            (_pool, _nowUtc) = (pool, nowUtc);
            _shares = new Dictionary<string, TenantShare>(ledger.Shares);
            _tickets = ledger.Tickets.Where(ticket => ticket.ExpiresUtc > nowUtc).ToDictionary(ticket => ticket.Id);
            IsChanged = _tickets.Count < ledger.Tickets.Count;
            foreach (var ticket in _tickets.Values)
            {
                Join(ticket);
            }
        }

        public bool IsChanged { get; private set; }

        public AdmissionAnswer Take(AdmissionChange change) =>
            change switch
            {
                TicketRequest request => Take(request),
                TicketRelease release => Take(release),
                _ => new AdmissionAnswer(),
            };

        /// <returns>Who got a place without having asked now.</returns>
        public List<Ticket> Grant(IReadOnlyList<AdmissionChange> changes)
        {
            var asking = changes.OfType<TicketRequest>().Select(request => request.Ticket.Id).ToHashSet();
            var woken = new List<Ticket>();
            foreach (var chosen in FairShare.Choose(_tickets.Values, _shares, _pool.Capacity))
            {
                var isHere = asking.Contains(chosen.Id);
                var granted = chosen with { GrantedUtc = _nowUtc, ExpiresUtc = isHere ? After(_pool.HoldTime) : chosen.ExpiresUtc };
                Put(granted);
                if (!isHere)
                {
                    woken.Add(granted);
                }
            }

            return woken;
        }

        public Ticket? Find(AdmissionChange change)
        {
            var id = change switch
            {
                TicketRequest request => request.Ticket.Id,
                TicketRelease release => release.TicketId,
                PoolCheck check => check.TicketId,
                _ => null,
            };
            return id is null ? null : _tickets.GetValueOrDefault(id);
        }

        public AdmissionLedger Close()
        {
            var tenants = _tickets.Values.Select(ticket => ticket.TenantId.Value).ToHashSet();
            return new AdmissionLedger
            {
                Shares = _shares.Where(share => tenants.Contains(share.Key)).ToDictionary(),
                Tickets = [.. _tickets.Values],
            };
        }

        private AdmissionAnswer Take(TicketRequest request)
        {
            var ticket = request.Ticket;
            if (_tickets.TryGetValue(ticket.Id, out var known))
            {
                Tell(ticket.TenantId, request.Share);
                Renew(known, ticket);
                return new AdmissionAnswer { Others = Others(known) };
            }

            var others = Others(ticket);
            if (_tickets.Count >= MaxTicketCount || (request.IsOnlyIfGroupIsFree && others.Count > 0))
            {
                return new AdmissionAnswer { IsFull = _tickets.Count >= MaxTicketCount, Others = others };
            }

            Tell(ticket.TenantId, request.Share);
            var taken = ticket with { RequestedUtc = _nowUtc, GrantedUtc = null, ExpiresUtc = After(_pool.WaitTime) };
            Put(taken);
            Join(taken);
            return new AdmissionAnswer { IsNew = true, Others = others };
        }

        private AdmissionAnswer Take(TicketRelease release)
        {
            if (_tickets.TryGetValue(release.TicketId, out var ticket) && !(release.IsOnlyIfWaiting && ticket.IsGranted))
            {
                _tickets.Remove(ticket.Id);
                Members(ticket)?.Remove(ticket.Id);
                IsChanged = true;
            }

            return new AdmissionAnswer();
        }

        private void Renew(Ticket known, Ticket asked)
        {
            var time = known.IsGranted ? _pool.HoldTime : _pool.WaitTime;
            var renewed = known with { ExpiresUtc = After(time), TaskHub = asked.TaskHub, InstanceId = asked.InstanceId };
            var isWorthIt = renewed.ExpiresUtc - known.ExpiresUtc > time / RenewalPart;
            if (isWorthIt || renewed with { ExpiresUtc = known.ExpiresUtc } != known)
            {
                Put(renewed);
            }
        }

        private void Tell(TenantId tenantId, TenantShare share)
        {
            if (share != _shares.GetValueOrDefault(tenantId.Value, TenantShare.Unbounded))
            {
                _shares[tenantId.Value] = share;
                IsChanged = true;
            }
        }

        private void Put(Ticket ticket)
        {
            _tickets[ticket.Id] = ticket;
            IsChanged = true;
        }

        private void Join(Ticket ticket)
        {
            if (ticket.Group is { } group)
            {
                var members = Members(ticket) ?? (_groups[(ticket.TenantId, group)] = []);
                members.Add(ticket.Id);
            }
        }

        private List<string>? Members(Ticket ticket) =>
            ticket.Group is { } group ? _groups.GetValueOrDefault((ticket.TenantId, group)) : null;

        private IReadOnlyList<Ticket> Others(Ticket ticket) =>
            [.. (Members(ticket) ?? []).Where(id => id != ticket.Id).Select(id => _tickets[id])];

        /// <summary>A time without end stays one.</summary>
        private DateTimeOffset After(TimeSpan time) =>
            time < DateTimeOffset.MaxValue - _nowUtc ? _nowUtc + time : DateTimeOffset.MaxValue;
    }
}
