namespace Marketline.Core.Admission;

/// <summary>What some changes, taken together, make of a ledger.</summary>
/// <param name="Answers">One for each change, in order.</param>
public sealed record AdmissionTurn(AdmissionLedger Ledger, bool IsChanged, IReadOnlyList<AdmissionAnswer> Answers);
