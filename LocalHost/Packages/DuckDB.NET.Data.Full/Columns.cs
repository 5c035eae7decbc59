using System.Buffers.Binary;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>Between .NET's values and the ones that stand in DuckDB's vectors.</summary>
internal static class Columns
{
    private static readonly UInt128 UuidSign = UInt128.One << 127;
    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    public static int ToDays(DateOnly date) => date.DayNumber - EpochDay;

    public static DateOnly FromDays(int days) => DateOnly.FromDayNumber(checked(days + EpochDay));

    /// <summary>Since 1970; what is finer than a microsecond is cut off, also before 1970.</summary>
    public static long ToMicros(DateTime time) =>
        (time.Ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    public static DateTime FromTicks(long ticksSinceEpoch) => new(checked(ticksSinceEpoch + DateTime.UnixEpoch.Ticks));

    public static NativeInterval ToInterval(TimeSpan span) =>
        new(0, span.Days, (span.Ticks - (span.Days * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerMicrosecond);

    public static TimeSpan FromInterval(NativeInterval interval) =>
        interval.Months == 0
            ? TimeSpan.FromTicks(
                checked((interval.Days * TimeSpan.TicksPerDay) + (interval.Micros * TimeSpan.TicksPerMicrosecond))
            )
            : throw new InvalidCastException("An interval with months is no TimeSpan.");

    public static UInt128 ToUInt128(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>In a vector a UUID is a signed number with its first bit turned over, so that it sorts as a text would.</summary>
    public static Int128Halves ToUuidElement(Guid value) => Int128Halves.From((Int128)(ToUInt128(value) ^ UuidSign));

    public static Guid FromUuidElement(Int128Halves element)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, new UInt128(element.Upper, element.Lower) ^ UuidSign);
        return new Guid(bytes, bigEndian: true);
    }

    /// <exception cref="OverflowException">When the number has more than the 28 to 29 digits of a <see cref="decimal"/>.</exception>
    public static decimal FromUnscaled(Int128 unscaled, int scale)
    {
        while (scale > 28 || Int128.Abs(unscaled) >> 96 != 0)
        {
            (unscaled, var rest) = Int128.DivRem(unscaled, 10);
            if (rest != 0 || scale == 0)
            {
                throw new OverflowException("The number has more digits than System.Decimal holds.");
            }

            scale--;
        }

        var magnitude = (UInt128)Int128.Abs(unscaled);
        return new decimal(
            (int)(uint)magnitude,
            (int)(uint)(magnitude >> 32),
            (int)(uint)(magnitude >> 64),
            unscaled < 0,
            (byte)scale
        );
    }
}
