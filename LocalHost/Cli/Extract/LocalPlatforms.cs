using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Platforms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>The crawler and the connectors without the app, with the app's settings: the sample's, local.settings.json, environment.</summary>
internal static class LocalPlatforms
{
    public static ServiceProvider Create(Workspace workspace)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Values(workspace.SampleSettings))
            .AddInMemoryCollection(Values(workspace.Settings))
            .AddEnvironmentVariables()
            .Build();
        return new ServiceCollection().AddLogging().AddPlatforms(configuration).BuildServiceProvider();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Values(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            var values = JsonNode.Parse(File.ReadAllText(path), documentOptions: options)?["Values"] as JsonObject;
            return values?.Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value?.ToString())) ?? [];
        }
        catch (JsonException failure)
        {
            throw new CliException($"{path}, line {failure.LineNumber + 1}: this is no JSON.", failure);
        }
    }
}
