using System.Numerics;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>A row under construction; its values stand in the chunk already.</summary>
internal sealed class DuckDBAppenderRow(DuckDBAppender appender, ColumnWriter[] columns, string table, ulong row)
    : IDuckDBAppenderRow
{
    private int _count;

    public bool IsComplete => _count == columns.Length;

    public void EndRow()
    {
        if (_count < columns.Length)
        {
            throw new InvalidOperationException(
                $"The table {table} has {columns.Length} columns but you specified only {_count} values"
            );
        }
    }

    public IDuckDBAppenderRow AppendNullValue()
    {
        Next().WriteNull(row);
        return this;
    }

    public IDuckDBAppenderRow AppendDefault()
    {
        Next();
        appender.WriteDefault(_count - 1, row);
        return this;
    }

    public IDuckDBAppenderRow AppendValue(bool? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(byte[]? value) => value is null ? AppendNullValue() : AppendBytes(value);

    public IDuckDBAppenderRow AppendValue(Span<byte> value) => AppendBytes(value);

    public IDuckDBAppenderRow AppendValue(string? value)
    {
        if (value is null)
        {
            return AppendNullValue();
        }

        Next().Write(row, value);
        return this;
    }

    public IDuckDBAppenderRow AppendValue(decimal? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(Guid? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(BigInteger? value) => AppendInteger((Int128?)value);

    public IDuckDBAppenderRow AppendValue(sbyte? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(short? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(int? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(long? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(byte? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(ushort? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(uint? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(ulong? value) => AppendInteger(value);

    public IDuckDBAppenderRow AppendValue(float? value) => AppendValue((double?)value);

    public IDuckDBAppenderRow AppendValue(double? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(DuckDBDateOnly? value)
    {
        if (value is { } v)
        {
            Next().Write(row, (DateOnly)v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(DateTime? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(DateTimeOffset? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue(TimeSpan? value)
    {
        if (value is { } v)
        {
            Next().Write(row, v);
            return this;
        }

        return AppendNullValue();
    }

    public IDuckDBAppenderRow AppendValue<T>(IEnumerable<T>? value)
    {
        if (value is null)
        {
            return AppendNullValue();
        }

        Next().WriteList(row, value);
        return this;
    }

    private IDuckDBAppenderRow AppendInteger(Int128? value)
    {
        if (value is { } v)
        {
            Next().WriteInteger(row, v);
            return this;
        }

        return AppendNullValue();
    }

    private DuckDBAppenderRow AppendBytes(ReadOnlySpan<byte> value)
    {
        Next().Write(row, value);
        return this;
    }

    private ColumnWriter Next() =>
        _count < columns.Length
            ? columns[_count++]
            : throw new IndexOutOfRangeException(
                $"The table {table} has {columns.Length} columns but you are trying to append value for column {_count + 1}"
            );
}
