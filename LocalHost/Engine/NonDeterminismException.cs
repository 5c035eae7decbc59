namespace Marketline.LocalHost.Engine;

/// <summary>An orchestrator's code does not do what its history says it did.</summary>
public sealed class NonDeterminismException(string message) : Exception(message);
