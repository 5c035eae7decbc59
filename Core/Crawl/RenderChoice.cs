namespace Marketline.Core.Crawl;

/// <summary>What is to be done with a page that was read as sent.</summary>
public enum RenderChoice
{
    /// <summary>It is taken as sent.</summary>
    Plain,

    /// <summary>It is taken as sent, and shows that the site does not need a browser.</summary>
    PlainIsEnough,

    /// <summary>It is rendered to find out whether that brings more.</summary>
    Probe,

    /// <summary>It is rendered.</summary>
    Render,
}
