namespace Marketline.Core.Admission;

/// <summary>So many places, and how long a ticket lives without a word from its owner.</summary>
/// <param name="Name">See <see cref="Naming.AdmissionNames"/>.</param>
/// <param name="HoldTime">While it is granted.</param>
/// <param name="WaitTime">While it waits; a place that it is given is kept for it until this is over.</param>
public sealed record AdmissionPool(string Name, int Capacity, TimeSpan HoldTime, TimeSpan WaitTime);
