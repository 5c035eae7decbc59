namespace Marketline.Core.Crawl;

/// <summary>
/// How an official API is asked for a target. It stands in target lists and holds no secret: what proves who asks is added when
/// the request is sent.
/// </summary>
public sealed record ApiCall
{
    public string Method { get; init; } = "GET";

    /// <summary>
    /// The API is a part of the site and open to everybody: it is called without credentials, and like the site's pages under its
    /// robots.txt and at its pace.
    /// </summary>
    public bool IsPublic { get; init; }

    /// <summary>Beside those that every request has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }

    public string ContentType { get; init; } = "application/json";
}
