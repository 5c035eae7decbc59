using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>The kind of markup that a value was read from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExtractionSource>))]
public enum ExtractionSource
{
    JsonLd,
    Microdata,
    Rdfa,
    OpenGraph,
    Meta,
    EmbeddedState,
    Visible,
    Api,

    /// <summary>The tenant said where it stands: <see cref="FieldOverride"/>.</summary>
    Override,
}
