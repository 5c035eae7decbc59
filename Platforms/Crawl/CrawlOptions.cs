using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Marketline.Platforms.Crawl.Zstd;

namespace Marketline.Platforms.Crawl;

/// <summary>How the crawler behaves towards sites, and what it bears from them.</summary>
public sealed class CrawlOptions
{
    public const string SectionName = "Crawl";

    /// <summary>The crawler's own name: what robots.txt files address, and how requests introduce themselves.</summary>
    [Required]
    [RegularExpression("^[A-Za-z_-]{2,40}$", ErrorMessage = "Crawl:ProductToken may hold only letters, '-' and '_' (RFC 9309).")]
    public string ProductToken { get; set; } = "Marketline";

    /// <summary>Where a site's operator finds or reaches whoever runs this crawler; an address of a page or <c>mailto:</c>.</summary>
    [Required]
    [RegularExpression("^(https?://|mailto:)[!-~]{3,200}$", ErrorMessage = "Crawl:Contact must be a web or mailto: address.")]
    public string Contact { get; set; } = "https://marketline.example/crawler";

    /// <summary>What a page may weigh, as sent and decompressed.</summary>
    [Range(1_024, 256 * 1_048_576)]
    public int MaxBodyBytes { get; set; } = 10 * 1_048_576;

    /// <summary>The same for XML, tables and gzip files, of which sitemaps (sitemaps.org: 50 MB) and product feeds are the big ones.</summary>
    [Range(1_024, 256 * 1_048_576)]
    public int MaxSitemapBytes { get; set; } = 50 * 1_048_576;

    /// <summary>A body over 1 MiB that grew by more than this factor in decompression is taken for a bomb.</summary>
    [Range(10, 1_100)]
    public int MaxCompressionRatio { get; set; } = 200;

    [Range(1, 1_024)]
    public int MaxHeaderKilobytes { get; set; } = 32;

    /// <summary>TCP and TLS.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the head of the answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>One whole attempt, so that a body that trickles ends, too.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Requests for one target, the first included.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Before the second attempt, on average; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A site that asks for a longer pause (Retry-After) gets this one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Between two requests to a site that is not known yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The least delay. Zero, for sites of one's own, turns pacing off: then only Retry-After is waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DelayFloor { get; set; } = TimeSpan.FromMilliseconds(250);

    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DelayCeiling { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests a site should be working on at a time, on average, once its speed is known.</summary>
    [Range(0.1, 64)]
    public double TargetConcurrency { get; set; } = 2;

    /// <summary>How many requests of a batch may be under way at a time.</summary>
    [Range(1, 64)]
    public int MaxConcurrencyPerSite { get; set; } = 8;

    /// <summary>So many failures in a row, and the site gets a pause.</summary>
    [Range(1, 1_000)]
    public int FailuresBeforePause { get; set; } = 10;

    /// <summary>The first pause; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many pauses without a page, what is left of a batch is given up.</summary>
    [Range(0, 100)]
    public int MaxPauses { get; set; } = 3;

    /// <summary>RFC 9309 §2.4 asks for at most 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RobotsMaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A page that its site calls unchanged is read again all the same when it was last read so long ago. Zero: every page is read in
    /// every run. Above the 30 days that raw archives are kept a replay might not find its body.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ReadAgainAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Private networks that may be crawled all the same, as <c>127.0.0.0/8</c>, <c>10.1.2.3</c> or with a port
    /// <c>127.0.0.0/8:8080</c>. Empty by default: without an entry no private address is ever connected to.
    /// </summary>
    public IList<string> AllowedPrivateAddresses { get; } = [];

    /// <summary>
    /// Platforms whose sites are reached through an HTTP proxy, such as <c>http://user:password@proxy.example:3128</c>: a secret where it
    /// has credentials. The address of a page is judged before it is handed over; what its name leads to there is the proxy's to judge.
    /// </summary>
    public IDictionary<string, string> Proxies { get; } = new Dictionary<string, string>();

    /// <summary>Not a setting: the library is there or it is not.</summary>
    internal bool TakesZstd { get; set; } = ZstdLibrary.IsAvailable;

    /// <summary>Not a setting: authorities to trust in place of the machine's, for sites that tests serve.</summary>
    internal X509Certificate2Collection TrustedAuthorities { get; } = [];

    public string UserAgent => $"{ProductToken}/{ProductVersion} (+{Contact})";

    private static string ProductVersion { get; } =
        typeof(CrawlOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0";
}
