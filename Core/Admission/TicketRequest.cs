namespace Marketline.Core.Admission;

/// <summary>Asks for a place, or for the state of the ticket that waits for one or holds it, which is renewed by asking.</summary>
/// <param name="IsOnlyIfGroupIsFree">Asks for nothing when its group has another ticket, waiting or granted.</param>
public sealed record TicketRequest(Ticket Ticket, TenantShare Share, bool IsOnlyIfGroupIsFree = false) : AdmissionChange;
