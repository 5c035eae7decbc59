namespace Marketline.Platforms.Render;

/// <summary>Runs pages in a browser. Whatever a page does ends as a result; only cancellation throws.</summary>
internal interface IPageRenderer
{
    /// <summary>Why no page can be rendered, and what to do about it; null when it can.</summary>
    string? Unavailability { get; }

    Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken);
}
