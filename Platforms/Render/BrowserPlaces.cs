namespace Marketline.Platforms.Render;

/// <summary>Where Chromium and its kin are, as a rule.</summary>
internal static class BrowserPlaces
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe", "msedge.exe"];

    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];

    private static readonly string[] Applications =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <returns>Null when there is none.</returns>
    public static string? Find(RenderOptions options)
    {
        if (options.ExecutablePath.Length > 0)
        {
            return File.Exists(options.ExecutablePath) ? options.ExecutablePath : null;
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names
            .SelectMany(name => Folders.Concat(path).Select(folder => Path.Combine(folder, name)))
            .Concat(Applications)
            .FirstOrDefault(File.Exists);
    }
}
