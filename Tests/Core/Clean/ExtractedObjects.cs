using Marketline.Core.Extract;

namespace Marketline.Tests.Core.Clean;

/// <summary>Extracted objects for tests of cleaning.</summary>
internal static class ExtractedObjects
{
    public static ExtractedObject Offer(params (string Field, string Text)[] fields) => Create(ObjectType.Offer, fields);

    public static ExtractedObject Review(params (string Field, string Text)[] fields) => Create(ObjectType.Review, fields);

    private static ExtractedObject Create(ObjectType type, (string Field, string Text)[] fields) =>
        new()
        {
            Type = type,
            ObjectKey = "key",
            Url = "https://shop.example.de/p/1",
            Position = "page",
            Language = "de",
            Fields = fields.ToDictionary(field => field.Field, field => new RawField(field.Text, ExtractionSource.JsonLd, $"jsonld.{field.Field}", 0.9)),
        };
}
