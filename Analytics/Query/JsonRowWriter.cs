using System.Buffers;
using System.Text.Json;
using Marketline.Core.Json;

namespace Marketline.Analytics.Query;

internal sealed class JsonRowWriter : RowWriter
{
    private readonly JsonEncodedText[] _names;
    private readonly Utf8JsonWriter _json;

    public JsonRowWriter(IReadOnlyList<DatasetColumn> columns)
    {
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name))];
        _json = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { Encoder = JsonFormat.Options.Encoder });
    }

    public override void WriteRow(IBufferWriter<byte> output, ReadOnlySpan<object?> row)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _json.WritePropertyName(_names[i]);
            WriteValue(row[i]);
        }

        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case string text:
                _json.WriteStringValue(text);
                break;
            case long integer:
                _json.WriteNumberValue(integer);
                break;
            case double number:
                _json.WriteNumberValue(number);
                break;
            case decimal number:
                _json.WriteNumberValue(number);
                break;
            case bool boolean:
                _json.WriteBooleanValue(boolean);
                break;
            default:
                _json.WriteStringValue(ColumnValue.Text(value));
                break;
        }
    }
}
