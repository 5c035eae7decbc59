using System.Text.Json.Serialization;

namespace Marketline.Core.Lineage;

/// <summary>The steps of an object's way, in order: the jobs of OpenLineage's model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineageStep>))]
public enum LineageStep
{
    /// <summary>The target was planned.</summary>
    Ingress,
    Crawl,
    Extract,
    Clean,
    Aggregate,

    /// <summary>The gold files were made current.</summary>
    Store,
}
