using Marketline.Core.Naming;

namespace Marketline.Core.Runs;

/// <param name="Plans">Those whose runs are to be started.</param>
/// <param name="SlotUtc">When the run ended: the slot of its followers, so that starting them twice is starting them once.</param>
/// <param name="Depth">How many runs stand before the followers in the chain.</param>
public sealed record StartFollowUpsInput(RunRef Run, IReadOnlyList<PlanId> Plans, DateTimeOffset SlotUtc, int Depth);
