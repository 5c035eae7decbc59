using Marketline.Core.Admission;
using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Admission;

/// <summary>Tickets with the few fields that a test is about.</summary>
internal static class TicketBook
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private static int _count;

    /// <summary>One that waits; the later it is made, the younger it is.</summary>
    public static Ticket Waiting(string tenant, string? group = null, int priority = 5, bool isExclusive = true)
    {
        var number = Interlocked.Increment(ref _count);
        return new Ticket
        {
            Id = $"{tenant}-{number:D6}",
            TenantId = TenantId.Parse(tenant),
            Group = group,
            IsExclusive = isExclusive && group is not null,
            Priority = priority,
            RequestedUtc = Now.AddHours(-1).AddMilliseconds(number),
            ExpiresUtc = Now.AddHours(1),
        };
    }

    public static Ticket Granted(string tenant, string? group = null) => Waiting(tenant, group) with { GrantedUtc = Now.AddMinutes(-1) };

    public static IEnumerable<Ticket> Many(int count, Func<Ticket> make) => Enumerable.Range(0, count).Select(_ => make());

    public static Dictionary<string, TenantShare> Shares(params (string Tenant, int Weight, int Max)[] shares) =>
        shares.ToDictionary(share => share.Tenant, share => new TenantShare(share.Weight, share.Max));

    public static AdmissionPool Pool(int capacity) => new("pool", capacity, HoldTime: TimeSpan.FromMinutes(15), WaitTime: TimeSpan.FromMinutes(5));
}
