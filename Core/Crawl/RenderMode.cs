using System.Text.Json.Serialization;

namespace Marketline.Core.Crawl;

/// <summary>Whether a site's pages are rendered in a browser.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RenderMode>))]
public enum RenderMode
{
    /// <summary>Where a probe has shown that the pages hold nothing without their scripts.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Every page.</summary>
    [JsonStringEnumMemberName("always")]
    Always,

    /// <summary>No page.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}
