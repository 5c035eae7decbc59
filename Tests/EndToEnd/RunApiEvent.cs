using System.Text.Json;

namespace Marketline.Tests.EndToEnd;

/// <summary>An event of a run's stream.</summary>
internal sealed record RunApiEvent(string Id, string Name, JsonElement Data);
