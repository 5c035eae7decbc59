using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>The language that a <see cref="FieldOverride"/> is written in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SelectorKind>))]
public enum SelectorKind
{
    /// <summary>A CSS selector on the page; <c>::attr(name)</c> at its end takes an attribute.</summary>
    [JsonStringEnumMemberName("css")]
    Css,

    /// <summary>A path (RFC 9535, a part of it) into the page's JSON: a JSON body, its JSON-LD, the state in its scripts.</summary>
    [JsonStringEnumMemberName("jsonPath")]
    JsonPath,

    /// <summary>A regular expression over the page's text as sent; the group <c>value</c>, else the first one, else all of it.</summary>
    [JsonStringEnumMemberName("regex")]
    Regex,
}
