using Microsoft.Azure.Functions.Worker.Builder;

namespace Marketline.Tests.LocalHost;

internal sealed record FunctionsTestOptions
{
    public required IReadOnlyList<Type> Functions { get; init; }

    public string HostJson { get; init; } = """{"version":"2.0"}""";

    public string? LocalSettings { get; init; }

    public string[] Args { get; init; } = ["--port", "0"];

    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public TimeProvider? Time { get; init; }

    /// <summary>A folder that several hosts use one after another; null takes a new one.</summary>
    public TemporaryFolder? Folder { get; init; }

    public bool UsesWebApplication { get; init; } = true;

    /// <summary>The rest of the app's Program.cs.</summary>
    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };
}
