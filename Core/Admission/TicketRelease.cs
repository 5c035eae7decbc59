namespace Marketline.Core.Admission;

/// <summary>Gives a place back, or takes a ticket out of the queue.</summary>
/// <param name="IsOnlyIfWaiting">Leaves a granted ticket alone.</param>
public sealed record TicketRelease(string TicketId, bool IsOnlyIfWaiting = false) : AdmissionChange;
