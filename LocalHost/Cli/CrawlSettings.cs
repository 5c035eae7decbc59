using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Marketline.LocalHost.Cli;

/// <summary>The settings that the app crawls with here: local.settings.json where there is one, and the environment over it.</summary>
internal static class CrawlSettings
{
    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IConfiguration Read()
    {
        var path = Workspace.Find().Settings;
        var values = File.Exists(path) ? Parse(path)?["Values"] as JsonObject : null;
        return new ConfigurationBuilder()
            .AddInMemoryCollection((values ?? []).Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value?.ToString())))
            .AddEnvironmentVariables()
            .Build();
    }

    private static JsonNode? Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Relaxed);
        }
        catch (JsonException failure)
        {
            throw new CliException($"{path}, line {failure.LineNumber + 1}: this is no JSON.", failure);
        }
    }
}
