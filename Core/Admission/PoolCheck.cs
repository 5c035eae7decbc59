namespace Marketline.Core.Admission;

/// <summary>Changes nothing by itself: drops what has expired and grants what is free, such as after a bound was raised.</summary>
/// <param name="TicketId">The ticket to look at; null: none.</param>
public sealed record PoolCheck(string? TicketId = null) : AdmissionChange;
