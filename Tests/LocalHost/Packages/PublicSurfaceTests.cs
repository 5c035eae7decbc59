using System.Reflection;

namespace Marketline.Tests.LocalHost.Packages;

/// <summary>
/// A stand-in may have no public member that the real package lacks. Each stand-in's folder holds a <c>PublicApi.txt</c>:
/// a line <c># source: repository@commit path</c> names the file where the real declaration stands, the lines below it are the
/// members that stand there. <c>MARKETLINE_WRITE_EXPECTED=1</c> appends what is new under <c># source: ?</c>, which fails until
/// somebody has looked the declaration up.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string PackagesFolder = Path.Combine(RepositoryPaths.Root, "LocalHost", "Packages");

    public static IEnumerable<string> Packages =>
        Directory.GetDirectories(PackagesFolder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Packages))]
    public void StandIn_PublicMembers_AreThoseOfTheRealPackage(string package)
    {
        var actual = PublicSurface.Of(Assembly.Load(package));
        var path = Path.Combine(PackagesFolder, package, "PublicApi.txt");
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var listed = lines.Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();

        var added = actual.Except(listed).ToList();
        if (added.Count > 0 && Environment.GetEnvironmentVariable("MARKETLINE_WRITE_EXPECTED") == "1")
        {
            File.WriteAllLines(path, [.. lines, "# source: ?", .. added]);
        }

        Assert.Multiple(() =>
        {
            Assert.That(added, Is.Empty, "public, but not in PublicApi.txt");
            Assert.That(listed.Except(actual), Is.Empty, "in PublicApi.txt, but gone");
            Assert.That(lines.Where(line => line.Length > 0).Take(1), Has.All.StartsWith("# source: "));
            Assert.That(lines.Where(line => line.StartsWith("# source:", StringComparison.Ordinal)), Has.All.Match(@"^# source: \S+@[0-9a-f]{7,40} \S+"));
        });
    }
}
