using Marketline.Core.Naming;

namespace Marketline.Core.Runs;

public sealed record StartFollowUpsOutput(IReadOnlyList<RunId> Runs);
