namespace Marketline.Core.Runs;

/// <summary>
/// Where an orchestrator and an activity meet: the activity's function name with the types of its input and output.
/// Orchestrators know activities by nothing else.
/// </summary>
public sealed record ActivityContract<TInput, TOutput>(string Name);
