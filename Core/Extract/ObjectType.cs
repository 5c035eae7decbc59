using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>What an extracted object is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ObjectType>))]
public enum ObjectType
{
    Offer,
    Review,
}
