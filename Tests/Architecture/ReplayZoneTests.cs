using System.Xml.Linq;

namespace Marketline.Tests.Architecture;

/// <summary>Replay rules are compile errors in Orchestrators/; these files make them so.</summary>
public sealed class ReplayZoneTests
{
    private static readonly string[] Banned = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "BannedSymbols.txt"));

    [Test]
    public void EditorConfig_Orchestrators_BannedSymbolsAreErrors()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, ".editorconfig")).Select(line => line.Trim());

        var section = lines.SkipWhile(line => line != "[Orchestrators/**.cs]").Skip(1).TakeWhile(line => !line.StartsWith('['));

        Assert.That(section, Does.Contain("dotnet_diagnostic.RS0030.severity = error"));
    }

    [Test]
    public void FunctionsApp_Project_ReadsTheBannedSymbols()
    {
        var project = XDocument.Load(Path.Combine(RepositoryPaths.Root, "FunctionsApp.csproj"));

        Assert.That(Includes(project, "AdditionalFiles"), Does.Contain("BannedSymbols.txt"));
        Assert.That(Includes(project, "PackageReference"), Does.Contain("Microsoft.CodeAnalysis.BannedApiAnalyzers"));
    }

    /// <summary>A banned namespace bans all below it.</summary>
    [TestCase("N:Marketline.Activities")]
    [TestCase("N:Marketline.Analytics")]
    [TestCase("N:Marketline.Functions")]
    [TestCase("N:Marketline.Platforms")]
    [TestCase("N:Marketline.Storage")]
    [TestCase("N:Microsoft.DurableTask.Client")]
    [TestCase("N:System.IO")]
    [TestCase("N:System.Net")]
    [TestCase("P:System.DateTime.UtcNow")]
    [TestCase("P:System.DateTimeOffset.UtcNow")]
    [TestCase("M:System.Guid.NewGuid")]
    [TestCase("T:System.Random")]
    [TestCase("T:System.Environment")]
    [TestCase("T:System.Threading.Tasks.TaskFactory")]
    [TestCase("M:System.Threading.Tasks.Task.ConfigureAwait(System.Boolean)")]
    [TestCase("M:System.Threading.Tasks.Task.ConfigureAwait(System.Threading.Tasks.ConfigureAwaitOptions)")]
    public void BannedSymbols_HoldWhatAReplayCanNotRepeat(string symbol) => Assert.That(Banned, Has.One.StartsWith($"{symbol};"));

    [Test]
    public void BannedSymbols_EachLine_SaysWhatToDoInstead() =>
        Assert.That(Banned.Where(line => line.Length > 0), Has.All.Match("^[NTMPF]:[^;]+;.{8,}$"));

    private static IEnumerable<string?> Includes(XDocument project, string kind) =>
        project.Descendants(kind).Select(item => item.Attribute("Include")?.Value);
}
