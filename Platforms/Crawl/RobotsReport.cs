using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>What a site's robots.txt says about an address.</summary>
public sealed record RobotsReport
{
    /// <summary>Where the file was found, or looked for.</summary>
    public required Uri File { get; init; }

    /// <summary>0 when there was no answer.</summary>
    public required int StatusCode { get; init; }

    public required string Agent { get; init; }

    public required RobotsRules Rules { get; init; }

    public required RobotsDecision Decision { get; init; }

    /// <summary>Why the file was not to be had, which forbids everything; null when it was, or when there is none.</summary>
    public string? Problem { get; init; }
}
