using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Core.Runs;

/// <summary>What every step of a run needs to know of it. Small: it stands in every activity input of the history.</summary>
public sealed record RunRef
{
    public required RunId RunId { get; init; }

    public required string Platform { get; init; }

    public required CrawlKind Kind { get; init; }

    /// <summary>W3C trace context of the request or timer that started the run.</summary>
    public string? TraceParent { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public TenantId TenantId => RunId.TenantId;
}
