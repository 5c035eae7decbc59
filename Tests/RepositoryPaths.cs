using System.Runtime.CompilerServices;

namespace Marketline.Tests;

internal static class RepositoryPaths
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), ".."));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
