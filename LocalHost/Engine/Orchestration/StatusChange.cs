namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>A custom status that the code set; null clears it.</summary>
internal sealed record StatusChange(string? Json);
