namespace Marketline.Storage.Tables;

/// <summary>A portion of a counter's window.</summary>
/// <param name="Taken">Less than was asked for, or nothing, when the bound is reached.</param>
/// <param name="Left">What the window still has for others.</param>
public readonly record struct CounterTake(long Taken, long Left);
