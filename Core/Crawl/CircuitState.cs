using System.Text.Json.Serialization;

namespace Marketline.Core.Crawl;

/// <summary>Whether a site is asked, over all workers and tenants: a circuit breaker.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CircuitState>))]
public enum CircuitState
{
    /// <summary>It is.</summary>
    Closed,

    /// <summary>It is not: it asked for a pause, or failed again and again. It is asked again when the pause is over.</summary>
    Open,

    /// <summary>The pause is over: one request at a time finds out whether it is back. A page closes the circuit, a failure opens it.</summary>
    HalfOpen,
}
