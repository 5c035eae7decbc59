using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>
/// A connector's folder <c>Tests/Fixtures/Platforms/&lt;platform&gt;</c>: pages by kind, and in <c>site</c> what a shop answers
/// when its targets are planned.
/// </summary>
internal sealed class ConnectorFolder(string platform)
{
    private const string ExpectedSuffix = ".expected.json";

    public string Path => System.IO.Path.Combine(RepositoryPaths.Root, "Tests", "Fixtures", "Platforms", platform);

    public string SitePath => System.IO.Path.Combine(Path, "site");

    /// <summary>The plan of the shop; what it is to collect stands in <c>items.json</c>, where a connector has to be told.</summary>
    public SitePlan Plan
    {
        get
        {
            var items = System.IO.Path.Combine(Path, "items.json");
            return File.Exists(items) ? new SitePlan(ScriptedSite.Root) { Items = JsonSerializer.Deserialize<string[]>(File.ReadAllText(items))! } : new SitePlan(ScriptedSite.Root);
        }
    }

    public string TargetsPath => System.IO.Path.Combine(Path, "targets.expected.json");

    public IReadOnlyList<ConnectorPage> Pages(CrawlKind kind)
    {
        var folder = System.IO.Path.Combine(Path, Word(kind));
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(ExpectedSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Page)]
            : [];

        ConnectorPage Page(string file) => new(platform, kind, file, System.IO.Path.ChangeExtension(file, null) + ExpectedSuffix);
    }

    public static string Word(CrawlKind kind) => kind.ToString().ToLowerInvariant();
}
