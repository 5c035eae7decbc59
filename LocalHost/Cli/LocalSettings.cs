using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.LocalHost.Cli.Processes;

namespace Marketline.LocalHost.Cli;

/// <summary>
/// <c>local.settings.json</c>: made from the sample at the first start, with secrets of this machine's own, and never
/// touched again.
/// </summary>
internal sealed record LocalSettings
{
    private const int DefaultHttpPort = 7071;
    private const int SecretLength = 32;
    private const string StorageName = "Storage__ConnectionString";
    private const string ScheduleSuffix = "Schedule";
    private const string WhatToDo = "mend it, or delete it and a new one is made from the sample";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>As the local host reads the file.</summary>
    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Where the app listens (<c>Host:LocalHttpPort</c>).</summary>
    public required int HttpPort { get; init; }

    /// <summary>The data account.</summary>
    public required string StorageConnection { get; init; }

    /// <summary>The schedules of timers that came with a newer version than the file.</summary>
    public required IReadOnlyDictionary<string, string> NewSchedules { get; init; }

    /// <summary>What the app is to be started with, beside the file.</summary>
    public Dictionary<string, string> With(IReadOnlyDictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(NewSchedules);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }

    public static LocalSettings Ensure(Workspace workspace)
    {
        if (!File.Exists(workspace.Settings))
        {
            Create(workspace);
        }

        var settings = Parse(workspace.Settings);
        var values = settings?["Values"] as JsonObject;
        return new LocalSettings
        {
            // What is no number the app itself refuses, with its line.
            HttpPort = int.TryParse(settings?["Host"]?["LocalHttpPort"]?.ToString(), out var port) ? port : DefaultHttpPort,
            StorageConnection = Text(values, StorageName) ?? EmulatorPorts.DevelopmentStorage,
            NewSchedules = Schedules(workspace)
                .Where(schedule => values?.ContainsKey(schedule.Key) != true)
                .ToDictionary(schedule => schedule.Key, schedule => schedule.Value!.GetValue<string>()),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Schedules(Workspace workspace) =>
        JsonNode.Parse(File.ReadAllText(workspace.SampleSettings))!["Values"]!
            .AsObject()
            .Where(setting => setting.Key.EndsWith(ScheduleSuffix, StringComparison.Ordinal));

    private static JsonObject? Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Relaxed) as JsonObject;
        }
        catch (JsonException failure)
        {
            throw new CliException($"{path}, line {failure.LineNumber + 1}: this is no JSON: {WhatToDo}.", failure);
        }
    }

    private static string? Text(JsonObject? values, string name) =>
        values?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static void Create(Workspace workspace)
    {
        var settings = JsonNode.Parse(File.ReadAllText(workspace.SampleSettings))!;
        var values = settings["Values"]!;
        values["Access__Pepper"] = Secret();
        values["Privacy__AuthorKey"] = Secret();
        File.WriteAllText(workspace.Settings, settings.ToJsonString(Indented));
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength));
}
