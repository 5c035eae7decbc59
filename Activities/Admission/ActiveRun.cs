using Marketline.Core.Naming;

namespace Marketline.Activities.Admission;

/// <summary>A run that has its place.</summary>
public sealed record ActiveRun(RunId RunId, DateTimeOffset SinceUtc);
