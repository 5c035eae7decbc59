namespace Marketline.Platforms.Render;

/// <summary>How this worker's browser is, as far as it has been needed.</summary>
public sealed class RenderHealth
{
    private readonly BrowserPool _browsers;

    internal RenderHealth(BrowserPool browsers) => _browsers = browsers;

    /// <summary>Why it did not start when it was needed last; null when it did, or was not needed yet.</summary>
    public string? Problem => _browsers.Problem;
}
