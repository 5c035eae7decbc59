using System.Buffers;
using System.Text;

namespace Marketline.Analytics.Query;

internal sealed class CsvRowWriter(IReadOnlyList<DatasetColumn> columns, bool guardsFormulas) : RowWriter
{
    /// <summary>
    /// What begins a formula: OWASP's list with the full-width forms, which some spreadsheets take as well. The texts come from
    /// pages that anybody may have written.
    /// </summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public override void WriteHead(IBufferWriter<byte> output)
    {
        Write(output, string.Join(',', columns.Select(column => column.Name)));
        output.Write("\r\n"u8);
    }

    public override void WriteRow(IBufferWriter<byte> output, ReadOnlySpan<object?> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            switch (row[i])
            {
                case null:
                    break;
                case string text:
                    Write(output, Field(text));
                    break;
                case { } value:
                    Write(output, ColumnValue.Text(value));
                    break;
            }
        }

        output.Write("\r\n"u8);
    }

    private string Field(string text)
    {
        var field = guardsFormulas && text.Length > 0 && FormulaStarts.Contains(text[0]) ? $"'{text}" : text;
        return field.Length == 0 || field.AsSpan().ContainsAny(Quoted) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    private static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
