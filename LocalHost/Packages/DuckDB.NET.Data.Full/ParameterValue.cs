using System.Globalization;
using System.Numerics;
using System.Text;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>A parameter's value on the native side. DuckDB casts it to what the statement wants.</summary>
internal static class ParameterValue
{
    public static ValueHandle Create(object? value) =>
        value switch
        {
            null or DBNull => NativeMethods.CreateNull(),
            string text => Varchar(text),
            bool v => NativeMethods.CreateBoolean(v),
            sbyte v => NativeMethods.CreateInt8(v),
            byte v => NativeMethods.CreateUInt8(v),
            short v => NativeMethods.CreateInt16(v),
            ushort v => NativeMethods.CreateUInt16(v),
            int v => NativeMethods.CreateInt32(v),
            uint v => NativeMethods.CreateUInt32(v),
            long v => NativeMethods.CreateInt64(v),
            ulong v => NativeMethods.CreateUInt64(v),
            float v => NativeMethods.CreateFloat(v),
            double v => NativeMethods.CreateDouble(v),
            decimal v => NativeMethods.CreateDecimal(Decimal(v)),
            BigInteger v => NativeMethods.CreateHugeInt(Int128Halves.From((Int128)v)),
            Guid v => NativeMethods.CreateUuid(Int128Halves.From((Int128)Columns.ToUInt128(v))),
            DateOnly v => NativeMethods.CreateDate(Columns.ToDays(v)),
            TimeOnly v => NativeMethods.CreateTime(v.Ticks / TimeSpan.TicksPerMicrosecond),
            DateTime v => NativeMethods.CreateTimestamp(Columns.ToMicros(v)),
            DateTimeOffset v => NativeMethods.CreateTimestampTz(Columns.ToMicros(v.UtcDateTime)),
            TimeSpan v => NativeMethods.CreateInterval(Columns.ToInterval(v)),
            byte[] v => Blob(v),
            _ => Varchar(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };

    private static unsafe ValueHandle Varchar(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* pointer = bytes)
        {
            // An empty array has no address, which would make the value NULL.
            var empty = (byte)0;
            return NativeMethods.CreateVarchar(pointer is null ? &empty : pointer, (ulong)bytes.Length);
        }
    }

    private static unsafe ValueHandle Blob(byte[] bytes)
    {
        fixed (byte* pointer = bytes)
        {
            var empty = (byte)0;
            return NativeMethods.CreateBlob(pointer is null ? &empty : pointer, (ulong)bytes.Length);
        }
    }

    private static NativeDecimal Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var digits = magnitude == 0 ? 1 : magnitude.ToString(CultureInfo.InvariantCulture).Length;
        var unscaled = value < 0 ? -(Int128)magnitude : (Int128)magnitude;
        return new NativeDecimal((byte)Math.Max(digits, value.Scale), value.Scale, Int128Halves.From(unscaled));
    }
}
