using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

internal enum NativeState
{
    Success = 0,
    Error = 1,
}

internal enum ResultKind
{
    Invalid = 0,
    ChangedRows = 1,
    Nothing = 2,
    QueryResult = 3,
}

/// <summary><c>duckdb_result</c>: all fields but the last are deprecated and only keep their place.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly nint _columns;
    private readonly nint _errorMessage;
    private readonly nint _internalData;
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeInterval(int Months, int Days, long Micros);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeDecimal(byte Width, byte Scale, Int128Halves Value);

/// <summary><c>duckdb_hugeint</c>: two's complement in two halves; eight-byte alignment, unlike <see cref="Int128"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Int128Halves(ulong Lower, ulong Upper)
{
    public static Int128Halves From(Int128 value) => new((ulong)value, (ulong)(value >> 64));

    public Int128 ToInt128() => new(Upper, Lower);
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ListEntry(ulong Offset, ulong Length);

/// <summary><c>duckdb_string_t</c>: up to twelve bytes stand in the value itself.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeString
{
    private const int MaxInlined = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    private fixed byte _inlined[MaxInlined];

    [FieldOffset(8)]
    private readonly byte* _pointer;

    public static ReadOnlySpan<byte> Bytes(NativeString* text) =>
        new(text->Length <= MaxInlined ? text->_inlined : text->_pointer, (int)text->Length);
}
