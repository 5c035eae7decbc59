using System.Buffers;
using System.Text;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>Writes one column of an appender's chunk straight into its vector.</summary>
internal sealed unsafe partial class ColumnWriter
{
    private const int MaxStackBytes = 512;

    private readonly ColumnType _type;
    private readonly ColumnType _storage;
    private readonly byte _scale;
    private readonly ColumnWriter? _items;
    private readonly Dictionary<string, int> _dictionary = [];
    private nint _vector;
    private void* _data;
    private ulong* _validity;
    private ulong _itemCapacity;
    private ulong _itemCount;

    public ColumnWriter(LogicalTypeHandle type)
    {
        _type = NativeMethods.TypeId(type);
        _storage = _type;
        switch (_type)
        {
            case ColumnType.Decimal:
                _scale = NativeMethods.DecimalScale(type);
                _storage = NativeMethods.DecimalInternalType(type);
                break;
            case ColumnType.Enum:
                _storage = NativeMethods.EnumInternalType(type);
                for (var i = 0; i < NativeMethods.EnumDictionarySize(type); i++)
                {
                    _dictionary.Add(NativeMethods.TakeText(NativeMethods.EnumDictionaryValue(type, (ulong)i)), i);
                }

                break;
            case ColumnType.List:
                using (var itemType = NativeMethods.ListChildType(type))
                {
                    _items = new ColumnWriter(itemType);
                }

                break;
        }
    }

    /// <summary>Points at an empty chunk's vector; every chunk, also a reset one, has to be attached anew.</summary>
    public void Attach(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.VectorData(vector);
        _validity = null;
        _itemCapacity = 0;
        _itemCount = 0;
    }

    public void WriteNull(ulong row)
    {
        if (_validity is null)
        {
            NativeMethods.EnsureValidityWritable(_vector);
            _validity = NativeMethods.VectorValidity(_vector);
        }

        _validity[row / 64] &= ~(1UL << (int)(row % 64));
    }

    public void Write(ulong row, string text)
    {
        if (_type == ColumnType.Enum)
        {
            WriteInteger(
                row,
                _dictionary.TryGetValue(text, out var index)
                    ? index
                    : throw new InvalidOperationException($"The enum has no value '{text}'.")
            );
            return;
        }

        Require(ColumnType.Varchar, typeof(string));
        var maxBytes = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (maxBytes <= MaxStackBytes)
        {
            var stack = stackalloc byte[MaxStackBytes];
            var count = Encoding.UTF8.GetBytes(text, new Span<byte>(stack, MaxStackBytes));
            NativeMethods.AssignString(_vector, row, stack, (ulong)count);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(maxBytes);
        fixed (byte* pointer = rented)
        {
            NativeMethods.AssignString(_vector, row, pointer, (ulong)Encoding.UTF8.GetBytes(text, rented));
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    public void Write(ulong row, ReadOnlySpan<byte> bytes)
    {
        Require(ColumnType.Blob, typeof(byte[]));
        var empty = (byte)0;
        fixed (byte* pointer = bytes)
        {
            NativeMethods.AssignString(_vector, row, pointer is null ? &empty : pointer, (ulong)bytes.Length);
        }
    }

    public void Write(ulong row, bool value)
    {
        Require(ColumnType.Boolean, typeof(bool));
        ((byte*)_data)[row] = value ? (byte)1 : (byte)0;
    }

    /// <summary>What is finer than the column's scale is cut off, as the real package does.</summary>
    public void Write(ulong row, decimal value)
    {
        Require(ColumnType.Decimal, typeof(decimal));
        WriteInteger(row, (Int128)decimal.Truncate(decimal.Multiply(value, PowerOfTen(_scale))));
    }

    public void Write(ulong row, Guid value)
    {
        Require(ColumnType.Uuid, typeof(Guid));
        ((Int128Halves*)_data)[row] = Columns.ToUuidElement(value);
    }

    public void Write(ulong row, double value)
    {
        if (_type == ColumnType.Float)
        {
            ((float*)_data)[row] = (float)value;
            return;
        }

        Require(ColumnType.Double, typeof(double));
        ((double*)_data)[row] = value;
    }

    public void Write(ulong row, DateOnly value)
    {
        Require(ColumnType.Date, typeof(DateOnly));
        ((int*)_data)[row] = Columns.ToDays(value);
    }

    public void Write(ulong row, TimeSpan value)
    {
        Require(ColumnType.Interval, typeof(TimeSpan));
        ((NativeInterval*)_data)[row] = Columns.ToInterval(value);
    }

    public void Write(ulong row, DateTimeOffset value) => Write(row, value.UtcDateTime);

    public void Write(ulong row, DateTime value)
    {
        var micros = Columns.ToMicros(value);
        ((long*)_data)[row] = _type switch
        {
            ColumnType.Timestamp or ColumnType.TimestampTz => micros,
            ColumnType.TimestampS => micros / 1_000_000,
            ColumnType.TimestampMs => micros / 1_000,
            ColumnType.TimestampNs => checked(micros * 1_000),
            _ => throw Mismatch(typeof(DateTime)),
        };
    }

    public void WriteInteger(ulong row, Int128 value)
    {
        switch (_storage)
        {
            case ColumnType.TinyInt:
                ((sbyte*)_data)[row] = checked((sbyte)value);
                break;
            case ColumnType.SmallInt:
                ((short*)_data)[row] = checked((short)value);
                break;
            case ColumnType.Integer:
                ((int*)_data)[row] = checked((int)value);
                break;
            case ColumnType.BigInt:
                ((long*)_data)[row] = checked((long)value);
                break;
            case ColumnType.UnsignedTinyInt:
                ((byte*)_data)[row] = checked((byte)value);
                break;
            case ColumnType.UnsignedSmallInt:
                ((ushort*)_data)[row] = checked((ushort)value);
                break;
            case ColumnType.UnsignedInteger:
                ((uint*)_data)[row] = checked((uint)value);
                break;
            case ColumnType.UnsignedBigInt:
                ((ulong*)_data)[row] = checked((ulong)value);
                break;
            case ColumnType.HugeInt:
                ((Int128Halves*)_data)[row] = Int128Halves.From(value);
                break;
            default:
                throw Mismatch(typeof(long));
        }
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10m;
        }

        return power;
    }

    private void Require(ColumnType type, Type value)
    {
        if (_type != type)
        {
            throw Mismatch(value);
        }
    }

    private InvalidOperationException Mismatch(Type value) => new($"Cannot write {value.Name} to {_type} column");
}
