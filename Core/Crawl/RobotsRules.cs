namespace Marketline.Core.Crawl;

/// <summary>
/// What a robots.txt says to one crawler (RFC 9309): the longest matching rule wins, allow wins a tie, and what no rule names is
/// allowed. Any bytes parse: what can not be understood says nothing.
/// </summary>
public sealed class RobotsRules
{
    /// <summary>What stands behind is not read; RFC 9309 §2.5 asks for at least 500 KiB.</summary>
    public const int MaxParsedBytes = 1024 * 1024;

    public static RobotsRules AllowAll { get; } = new([], null, []);

    public static RobotsRules DisallowAll { get; } = new([RobotsRule.Parse("/"u8, isAllow: false)!], null, []);

    private readonly RobotsRule[] _rules;

    internal RobotsRules(List<RobotsRule> rules, TimeSpan? crawlDelay, IReadOnlyList<string> sitemaps, string? group = null)
    {
        Group = group;
        _rules = [.. rules.OrderByDescending(rule => rule.Length).ThenByDescending(rule => rule.IsAllow)];
        CrawlDelay = crawlDelay;
        Sitemaps = sitemaps;
    }

    /// <summary>Whose rules these are: the crawler's own name, <c>*</c>, or null where the file has none for it.</summary>
    public string? Group { get; }

    /// <summary>Not part of the standard, but a wish that many sites state; taken as a hint of politeness.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>The addresses of the Sitemap lines as written; they hold for every crawler.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <param name="text">The file's bytes.</param>
    /// <param name="productToken">The crawler's own name, as robots.txt files address it.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> text, string productToken) =>
        new RobotsParser(productToken).Parse(text);

    public bool IsAllowed(Uri address) => Find(address)?.IsAllow ?? true;

    /// <summary>The same with the line that decides.</summary>
    public RobotsDecision Decide(Uri address) =>
        Find(address) is { } rule
            ? new RobotsDecision(rule.IsAllow, rule.Line, $"{(rule.IsAllow ? "Allow" : "Disallow")}: {rule.Pattern}")
            : new RobotsDecision(IsAllowed: true, Line: null, Rule: null);

    private RobotsRule? Find(Uri address)
    {
        var path = RobotsRule.NormalisePath(address.PathAndQuery);
        return path == "/robots.txt" ? null : Array.Find(_rules, rule => rule.Matches(path));
    }
}
