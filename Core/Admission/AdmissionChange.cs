namespace Marketline.Core.Admission;

/// <summary>What somebody wants of a pool. Asking twice for the same is asking once.</summary>
public abstract record AdmissionChange;
