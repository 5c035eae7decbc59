namespace Marketline.Core.Crawl;

/// <summary>How much a page looks as if its scripts were still to build it.</summary>
public enum ShellSign
{
    None,

    /// <summary>Next to no text, and scripts.</summary>
    Weak,

    /// <summary>Little text, scripts, and an empty place for what they build, or a note that they are needed.</summary>
    Strong,
}
