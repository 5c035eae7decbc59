using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

/// <summary>The step that a rerun begins with; those before it are taken from the run that it repeats.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RerunStep>))]
public enum RerunStep
{
    /// <summary>Fetches again.</summary>
    Crawl,

    /// <summary>Extracts and cleans again what was fetched.</summary>
    Clean,

    /// <summary>Makes the datasets again of what was clean.</summary>
    Aggregate,

    /// <summary>Writes the lineage rows again: no new run.</summary>
    Lineage,
}
