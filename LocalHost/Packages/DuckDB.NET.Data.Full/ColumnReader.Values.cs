using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

internal sealed unsafe partial class ColumnReader
{
    private ReadOnlySpan<byte> Bytes(ulong row) =>
        Type is ColumnType.Varchar or ColumnType.Blob
            ? NativeString.Bytes((NativeString*)_data + row)
            : throw Mismatch(typeof(byte[]));

    private string AsString(ulong row) =>
        Type switch
        {
            ColumnType.Varchar => Encoding.UTF8.GetString(Bytes(row)),
            ColumnType.Enum => _dictionary[(int)AsInteger(row)],
            ColumnType.Uuid => AsGuid(row).ToString(),
            _ => throw Mismatch(typeof(string)),
        };

    private bool AsBoolean(ulong row) => Type == ColumnType.Boolean ? ((byte*)_data)[row] != 0 : throw Mismatch(typeof(bool));

    private Int128 AsInteger(ulong row) =>
        _storage switch
        {
            ColumnType.TinyInt => ((sbyte*)_data)[row],
            ColumnType.SmallInt => ((short*)_data)[row],
            ColumnType.Integer => ((int*)_data)[row],
            ColumnType.BigInt => ((long*)_data)[row],
            ColumnType.UnsignedTinyInt => ((byte*)_data)[row],
            ColumnType.UnsignedSmallInt => ((ushort*)_data)[row],
            ColumnType.UnsignedInteger => ((uint*)_data)[row],
            ColumnType.UnsignedBigInt => ((ulong*)_data)[row],
            ColumnType.HugeInt => ((Int128Halves*)_data)[row].ToInt128(),
            _ => throw Mismatch(typeof(long)),
        };

    private BigInteger AsBigInteger(ulong row)
    {
        if (_storage == ColumnType.UnsignedHugeInt)
        {
            var halves = ((Int128Halves*)_data)[row];
            return new UInt128(halves.Upper, halves.Lower);
        }

        return AsInteger(row);
    }

    private double AsDouble(ulong row) =>
        Type switch
        {
            ColumnType.Double => ((double*)_data)[row],
            ColumnType.Float => ((float*)_data)[row],
            ColumnType.Decimal => (double)AsDecimal(row),
            _ => (double)AsInteger(row),
        };

    private decimal AsDecimal(ulong row) =>
        Type switch
        {
            ColumnType.Decimal => Columns.FromUnscaled(AsInteger(row), Scale),
            ColumnType.Double => (decimal)((double*)_data)[row],
            ColumnType.Float => (decimal)((float*)_data)[row],
            _ => Columns.FromUnscaled(AsInteger(row), 0),
        };

    private DateTime AsDateTime(ulong row) =>
        Type switch
        {
            ColumnType.Timestamp or ColumnType.TimestampTz => Columns.FromTicks(
                checked(((long*)_data)[row] * TimeSpan.TicksPerMicrosecond)
            ),
            ColumnType.TimestampS => Columns.FromTicks(checked(((long*)_data)[row] * TimeSpan.TicksPerSecond)),
            ColumnType.TimestampMs => Columns.FromTicks(checked(((long*)_data)[row] * TimeSpan.TicksPerMillisecond)),
            ColumnType.TimestampNs => Columns.FromTicks(((long*)_data)[row] / TimeSpan.NanosecondsPerTick),
            ColumnType.Date => AsDate(row).ToDateTime(TimeOnly.MinValue),
            _ => throw Mismatch(typeof(DateTime)),
        };

    private DateTimeOffset AsDateTimeOffset(ulong row) =>
        Type is not (ColumnType.Date or ColumnType.Time)
            ? new DateTimeOffset(AsDateTime(row), TimeSpan.Zero)
            : throw Mismatch(typeof(DateTimeOffset));

    private DateOnly AsDate(ulong row) => Columns.FromDays(((int*)_data)[row]);

    private TimeOnly AsTime(ulong row) => new(checked(((long*)_data)[row] * TimeSpan.TicksPerMicrosecond));

    private Guid AsGuid(ulong row) =>
        Type switch
        {
            ColumnType.Uuid => Columns.FromUuidElement(((Int128Halves*)_data)[row]),
            ColumnType.Varchar => Guid.Parse(AsString(row), CultureInfo.InvariantCulture),
            _ => throw Mismatch(typeof(Guid)),
        };

    private object AsList(ulong row, Type target)
    {
        if (!target.IsGenericType || target.GetGenericTypeDefinition() != typeof(List<>))
        {
            throw Mismatch(target);
        }

        var wanted = target.GetGenericArguments()[0];
        var plain = Nullable.GetUnderlyingType(wanted);
        var list = (IList)Activator.CreateInstance(target)!;
        var entry = ((ListEntry*)_data)[row];
        for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
        {
            if (!_items!.IsNull(i))
            {
                list.Add(_items.As(i, plain ?? wanted));
            }
            else if (plain is not null || !wanted.IsValueType)
            {
                list.Add(null);
            }
            else
            {
                throw new InvalidCastException($"A value of column '{Name}' is null");
            }
        }

        return list;
    }
}
