using Marketline.Core.Plans;

namespace Marketline.Core.Schedules;

/// <summary>What is to be done with a plan's due slot.</summary>
/// <param name="IsStart">The slot of the plan's cursor runs; else it is left out.</param>
/// <param name="Plan">The plan as it is to be stored then: with its next slot, and a note of those left out.</param>
public sealed record SlotStep(bool IsStart, Plan Plan);
