using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>
/// The .NET types that a table can hold. Int64 travels as a string, a double that is no number as <c>"NaN"</c>,
/// <c>"Infinity"</c> or <c>"-Infinity"</c>, an enum as its name. A <see cref="DateTime"/> must be UTC.
/// </summary>
internal static class EdmConverters
{
    public static readonly EdmConverter<string?> Text = new(
        null,
        (writer, value) => writer.WriteStringValue(value),
        (ref reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public static readonly EdmConverter<bool> Boolean = new(
        null, (writer, value) => writer.WriteBooleanValue(value), (ref reader) => reader.GetBoolean());

    public static readonly EdmConverter<int> Int32 = new(
        null, (writer, value) => writer.WriteNumberValue(value), (ref reader) => reader.GetInt32());

    public static readonly EdmConverter<long> Int64 = new(
        EdmTypes.Int64,
        (writer, value) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture)),
        (ref reader) => long.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

    public static readonly EdmConverter<ulong> UInt64 = new(
        EdmTypes.Int64,
        (writer, value) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture)),
        (ref reader) => ulong.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

    public static readonly EdmConverter<double> Double = new(EdmTypes.Double, WriteDouble, ReadDouble);

    public static readonly EdmConverter<Guid> Guid = new(
        EdmTypes.Guid,
        (writer, value) => writer.WriteStringValue(value),
        (ref reader) => System.Guid.Parse(reader.GetString()!));

    public static readonly EdmConverter<DateTimeOffset> DateTimeOffset = new(
        EdmTypes.DateTime,
        (writer, value) => WriteUtc(writer, value.UtcDateTime),
        (ref reader) => reader.GetDateTimeOffset());

    public static readonly EdmConverter<DateTime> DateTime = new(EdmTypes.DateTime, WriteUtc, (ref reader) => reader.GetDateTime());

    public static readonly EdmConverter<byte[]> Bytes = new(
        EdmTypes.Binary, (writer, value) => writer.WriteBase64StringValue(value), (ref reader) => reader.GetBytesFromBase64());

    public static readonly EdmConverter<BinaryData> Binary = new(
        EdmTypes.Binary,
        (writer, value) => writer.WriteBase64StringValue(value.ToMemory().Span),
        (ref reader) => new BinaryData(reader.GetBytesFromBase64()));

    private static readonly EdmConverter<ETag> Tag = new(
        null, (writer, value) => writer.WriteStringValue(value.ToString()), (ref reader) => new ETag(reader.GetString()!));

    private static readonly Dictionary<Type, object> ByType = new()
    {
        [typeof(string)] = Text,
        [typeof(bool)] = Boolean,
        [typeof(int)] = Int32,
        [typeof(long)] = Int64,
        [typeof(ulong)] = UInt64,
        [typeof(double)] = Double,
        [typeof(Guid)] = Guid,
        [typeof(DateTimeOffset)] = DateTimeOffset,
        [typeof(DateTime)] = DateTime,
        [typeof(byte[])] = Bytes,
        [typeof(BinaryData)] = Binary,
        [typeof(ETag)] = Tag,
    };

    public static EdmConverter<T> For<T>() => (EdmConverter<T>)For(typeof(T));

    private static object For(Type type)
    {
        if (ByType.TryGetValue(type, out var known))
        {
            return known;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Make(nameof(OfNullable), inner, For(inner));
        }

        return type.IsEnum
            ? Make(nameof(OfEnum), type)
            : throw new NotSupportedException($"A table cannot hold a value of type {type}.");
    }

    private static object Make(string method, Type argument, params object[] arguments) =>
        typeof(EdmConverters).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(argument).Invoke(null, arguments)!;

    private static EdmConverter<T?> OfNullable<T>(EdmConverter<T> inner)
        where T : struct =>
        new(inner.TypeName, (writer, value) => inner.Write(writer, value!.Value), (ref reader) => inner.Read(ref reader));

    private static EdmConverter<T> OfEnum<T>()
        where T : struct, Enum =>
        new(null, (writer, value) => writer.WriteStringValue(value.ToString()), (ref reader) => Enum.Parse<T>(reader.GetString()!));

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
            return;
        }

        writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private static double ReadDouble(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture)
            : reader.GetDouble();

    private static void WriteUtc(Utf8JsonWriter writer, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw new NotSupportedException(
                $"DateTime {value:O} has a Kind of {value.Kind}, a table holds UTC: call DateTime.ToUniversalTime.");
        }

        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(value, text, out var written, 'O');
        writer.WriteStringValue(text[..written]);
    }
}
