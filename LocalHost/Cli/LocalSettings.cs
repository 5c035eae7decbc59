using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Tenants;

namespace Marketline.LocalHost.Cli;

/// <summary>
/// <c>local.settings.json</c>: made from the sample at the first start, with secrets of this machine's own, and never
/// touched again.
/// </summary>
internal sealed record LocalSettings(string OperatorKey)
{
    private const int SecretLength = 32;
    private const string OperatorKeyName = "Access__OperatorKey";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static LocalSettings Ensure(Workspace workspace)
    {
        if (!File.Exists(workspace.Settings))
        {
            Create(workspace);
        }

        return Read(workspace.Settings) is { } operatorKey
            ? new LocalSettings(operatorKey)
            : throw new CliException(
                $"{workspace.Settings} has no {OperatorKeyName}, or is no JSON: mend it, or delete it and a new one is made from the sample."
            );
    }

    private static string? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path))?["Values"]?[OperatorKeyName]?.ToString();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Create(Workspace workspace)
    {
        var settings = JsonNode.Parse(File.ReadAllText(workspace.SampleSettings))!;
        var values = settings["Values"]!;
        values[OperatorKeyName] = ApiKey.Create().Reveal();
        values["Access__Pepper"] = Secret();
        values["Privacy__AuthorKey"] = Secret();
        File.WriteAllText(workspace.Settings, settings.ToJsonString(Indented));
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength));
}
