using Marketline.Core.Datasets;
using Marketline.Platforms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Architecture;

public sealed class DocumentationTests
{
    private static IEnumerable<string> Platforms
    {
        get
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddPlatforms(new ConfigurationBuilder().Build());
            using var provider = services.BuildServiceProvider();
            return provider.GetRequiredService<PlatformConnectors>().Platforms;
        }
    }

    private static IEnumerable<string> Datasets => DatasetNames.All;

    [TestCaseSource(nameof(Platforms))]
    public void Platform_Page_IsThereAndFinished(string platform) => AssertFinished("platforms", platform);

    [TestCaseSource(nameof(Datasets))]
    public void Dataset_Page_IsThereAndFinished(string dataset) => AssertFinished("datasets", dataset);

    [TestCase("platforms")]
    [TestCase("datasets")]
    public void Pages_InTheFolder_AreOfSomethingThatExists(string folder)
    {
        var pages = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs", folder)).Select(Path.GetFileNameWithoutExtension);

        Assert.That(pages, Is.SubsetOf(Platforms.Concat(Datasets)));
    }

    private static void AssertFinished(string folder, string name)
    {
        var path = Path.Combine(RepositoryPaths.Root, "docs", folder, $"{name}.md");

        Assert.That(path, Does.Exist);
        Assert.That(File.ReadAllText(path), Does.StartWith($"# {name}\n").And.Not.Contains("TODO"));
    }
}
