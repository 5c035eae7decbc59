using System.Numerics;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>Reads one column of the current chunk straight from its vector.</summary>
internal sealed unsafe partial class ColumnReader
{
    private readonly ColumnType _storage;
    private readonly string[] _dictionary;
    private readonly ColumnReader? _items;
    private void* _data;
    private ulong* _validity;

    private ColumnReader(string name, LogicalTypeHandle type)
    {
        Name = name;
        Type = NativeMethods.TypeId(type);
        _storage = Type;
        _dictionary = [];
        switch (Type)
        {
            case ColumnType.Decimal:
                Precision = NativeMethods.DecimalWidth(type);
                Scale = NativeMethods.DecimalScale(type);
                _storage = NativeMethods.DecimalInternalType(type);
                break;
            case ColumnType.Enum:
                _storage = NativeMethods.EnumInternalType(type);
                _dictionary = new string[NativeMethods.EnumDictionarySize(type)];
                for (var i = 0; i < _dictionary.Length; i++)
                {
                    _dictionary[i] = NativeMethods.TakeText(NativeMethods.EnumDictionaryValue(type, (ulong)i));
                }

                break;
            case ColumnType.List:
                using (var itemType = NativeMethods.ListChildType(type))
                {
                    _items = new ColumnReader(name, itemType);
                }

                break;
        }

        ClrType = ClrTypeOf();
    }

    public string Name { get; }

    public ColumnType Type { get; }

    public byte Precision { get; }

    public byte Scale { get; }

    public Type ClrType { get; }

    public static ColumnReader Create(string name, LogicalTypeHandle type) => new(name, type);

    /// <summary>Points at a chunk's vector; what it reads is valid until the chunk is destroyed.</summary>
    public void Attach(nint vector)
    {
        _data = NativeMethods.VectorData(vector);
        _validity = NativeMethods.VectorValidity(vector);
        _items?.Attach(NativeMethods.ListChild(vector));
    }

    public bool IsNull(ulong row) => _validity is not null && (_validity[row / 64] & (1UL << (int)(row % 64))) == 0;

    /// <exception cref="InvalidCastException">On NULL, unless <typeparamref name="T"/> is a nullable value type.</exception>
    public T Get<T>(ulong row)
    {
        if (IsNull(row))
        {
            return Nullable.GetUnderlyingType(typeof(T)) is not null
                ? default!
                : throw new InvalidCastException($"Column '{Name}' value is null");
        }

        // The comparisons are constants once the method is compiled for T, and nothing is boxed.
        return typeof(T) switch
        {
            _ when typeof(T) == typeof(string) => (T)(object)AsString(row),
            _ when typeof(T) == typeof(long) => (T)(object)checked((long)AsInteger(row)),
            _ when typeof(T) == typeof(int) => (T)(object)checked((int)AsInteger(row)),
            _ when typeof(T) == typeof(double) => (T)(object)AsDouble(row),
            _ when typeof(T) == typeof(decimal) => (T)(object)AsDecimal(row),
            _ when typeof(T) == typeof(bool) => (T)(object)AsBoolean(row),
            _ when typeof(T) == typeof(DateTime) => (T)(object)AsDateTime(row),
            _ when typeof(T) == typeof(DateTimeOffset) => (T)(object)AsDateTimeOffset(row),
            _ => (T)As(row, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)),
        };
    }

    public object GetValue(ulong row) => As(row, ClrType);

    private object As(ulong row, Type target) =>
        target switch
        {
            _ when target == typeof(string) => AsString(row),
            _ when target == typeof(bool) => AsBoolean(row),
            _ when target == typeof(sbyte) => checked((sbyte)AsInteger(row)),
            _ when target == typeof(byte) => checked((byte)AsInteger(row)),
            _ when target == typeof(short) => checked((short)AsInteger(row)),
            _ when target == typeof(ushort) => checked((ushort)AsInteger(row)),
            _ when target == typeof(int) => checked((int)AsInteger(row)),
            _ when target == typeof(uint) => checked((uint)AsInteger(row)),
            _ when target == typeof(long) => checked((long)AsInteger(row)),
            _ when target == typeof(ulong) => checked((ulong)AsInteger(row)),
            _ when target == typeof(BigInteger) => AsBigInteger(row),
            _ when target == typeof(float) => (float)AsDouble(row),
            _ when target == typeof(double) => AsDouble(row),
            _ when target == typeof(decimal) => AsDecimal(row),
            _ when target == typeof(DateTime) => AsDateTime(row),
            _ when target == typeof(DateTimeOffset) => AsDateTimeOffset(row),
            _ when target == typeof(DateOnly) => Type == ColumnType.Date ? AsDate(row) : throw Mismatch(target),
            _ when target == typeof(TimeOnly) => Type == ColumnType.Time ? AsTime(row) : throw Mismatch(target),
            _ when target == typeof(TimeSpan) => Type == ColumnType.Interval
                ? Columns.FromInterval(((NativeInterval*)_data)[row])
                : throw Mismatch(target),
            _ when target == typeof(Guid) => AsGuid(row),
            _ when target == typeof(byte[]) => Bytes(row).ToArray(),
            _ when target == typeof(Stream) => new MemoryStream(Bytes(row).ToArray(), writable: false),
            _ when target == typeof(object) => As(row, ClrType),
            _ when Type == ColumnType.List => AsList(row, target),
            _ => throw Mismatch(target),
        };

    private InvalidCastException Mismatch(Type target) => new($"Column '{Name}' is {Type}, which is no {target.Name}.");

    private Type ClrTypeOf() =>
        Type switch
        {
            ColumnType.Boolean => typeof(bool),
            ColumnType.TinyInt => typeof(sbyte),
            ColumnType.SmallInt => typeof(short),
            ColumnType.Integer => typeof(int),
            ColumnType.BigInt => typeof(long),
            ColumnType.UnsignedTinyInt => typeof(byte),
            ColumnType.UnsignedSmallInt => typeof(ushort),
            ColumnType.UnsignedInteger => typeof(uint),
            ColumnType.UnsignedBigInt => typeof(ulong),
            ColumnType.HugeInt or ColumnType.UnsignedHugeInt => typeof(BigInteger),
            ColumnType.Float => typeof(float),
            ColumnType.Double => typeof(double),
            ColumnType.Decimal => typeof(decimal),
            ColumnType.Date => typeof(DateOnly),
            ColumnType.Time => typeof(TimeOnly),
            ColumnType.Interval => typeof(TimeSpan),
            ColumnType.Timestamp or ColumnType.TimestampTz => typeof(DateTime),
            ColumnType.TimestampS or ColumnType.TimestampMs or ColumnType.TimestampNs => typeof(DateTime),
            ColumnType.Varchar or ColumnType.Enum => typeof(string),
            ColumnType.Blob => typeof(Stream),
            ColumnType.Uuid => typeof(Guid),
            ColumnType.List => typeof(List<>).MakeGenericType(_items!.ClrType),
            _ => throw new ArgumentException($"Unrecognised type {Type} ({(int)Type}) for column {Name}"),
        };
}
