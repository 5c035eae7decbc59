using System.Text.Json.Serialization;

namespace Marketline.Core.Lineage;

/// <summary>Where an object of a run is. When the run ends none is in transit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ObjectState>))]
public enum ObjectState
{
    InTransit,

    /// <summary>New or changed, and in the gold datasets.</summary>
    Delivered,

    /// <summary>Seen again with the same content.</summary>
    Unchanged,

    /// <summary>Left out on purpose: robots.txt, a duplicate, a page without what was asked for.</summary>
    Filtered,

    /// <summary>Rejected by a rule; the record is kept with the reason.</summary>
    Quarantined,

    /// <summary>Could not be read or processed.</summary>
    Failed,
}
