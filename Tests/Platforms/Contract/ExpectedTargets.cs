using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>The targets that a connector's scripted site is expected to give, by kind, in its <c>targets.expected.json</c>.</summary>
internal static class ExpectedTargets
{
    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true, NewLine = "\n" };

    public static void Compare(ConnectorFolder folder, CrawlKind kind, string[] targets, bool isWriting)
    {
        var word = ConnectorFolder.Word(kind);
        var expected = Read(folder);
        if (isWriting)
        {
            expected[word] = targets;
            File.WriteAllText(folder.TargetsPath, JsonSerializer.Serialize(expected, Indented) + "\n");
        }

        Assert.That(targets, Is.EqualTo(expected.GetValueOrDefault(word)), $"the targets of {word} in {folder.TargetsPath}");
    }

    private static SortedDictionary<string, string[]> Read(ConnectorFolder folder) =>
        File.Exists(folder.TargetsPath)
            ? JsonSerializer.Deserialize<SortedDictionary<string, string[]>>(File.ReadAllText(folder.TargetsPath), JsonFormat.Options)!
            : [];
}
