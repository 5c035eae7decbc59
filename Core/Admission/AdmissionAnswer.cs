namespace Marketline.Core.Admission;

/// <summary>What came of a change.</summary>
public sealed record AdmissionAnswer
{
    /// <summary>The ticket as it stands now; null when the pool does not have it (any more), or did not take it.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>The ticket was not known before.</summary>
    public bool IsNew { get; init; }

    /// <summary>Too many wait already.</summary>
    public bool IsFull { get; init; }

    /// <summary>The other tickets of the requested one's group.</summary>
    public IReadOnlyList<Ticket> Others { get; init; } = [];

    /// <summary>Tickets that got a place meanwhile and do not know it: whoever has this answer tells them, nobody else will.</summary>
    public IReadOnlyList<Ticket> Woken { get; init; } = [];
}
