using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>Writes answers into the example files when MARKETLINE_WRITE_EXPECTED is set: the difference is to be reviewed.</summary>
internal static class ExpectedAnswers
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsToBeWritten => Environment.GetEnvironmentVariable("MARKETLINE_WRITE_EXPECTED") == "1";

    public static void Write(ExampleCase example, int status, JsonNode? body)
    {
        var folder = Path.Combine(RepositoryPaths.Root, "Functions", "Http");
        var path = Directory.EnumerateFiles(folder, $"{example.Operation.Id}.json", SearchOption.AllDirectories).Single();
        var file = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
        var answer = file.Single(entry => (string)entry!["name"]! == example.Example.Name)!["answer"]!;
        answer["status"] = status;
        answer["body"] = body;
        File.WriteAllText(path, file.ToJsonString(Format) + "\n");
    }
}
