using System.ComponentModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace DuckDB.NET.Data;

public class DuckDBParameter : DbParameter
{
    private object? _value;

    public DuckDBParameter()
        : this("", DbType.String, null) { }

    public DuckDBParameter(object value)
        : this("", DbTypeOf(value), value) { }

    public DuckDBParameter(DbType type, object? value)
        : this("", type, value) { }

    public DuckDBParameter(string name, object? value)
        : this(name, DbTypeOf(value), value) { }

    public DuckDBParameter(string name, DbType type, object? value)
    {
        ParameterName = name;
        DbType = type;
        _value = value;
        SourceColumn = "";
    }

    public override DbType DbType { get; set; }

    /// <summary>Without the dollar sign; empty for a positional parameter.</summary>
    [AllowNull]
    [DefaultValue("")]
    public override string ParameterName { get; set; }

    public override object? Value
    {
        get => _value;
        set
        {
            if (_value != value)
            {
                _value = value;
                DbType = DbTypeOf(value);
            }
        }
    }

    public override ParameterDirection Direction { get; set; }

    public override bool IsNullable { get; set; }

    [AllowNull]
    [DefaultValue("")]
    public override string SourceColumn { get; set; }

    public override bool SourceColumnNullMapping { get; set; }

    public override int Size { get; set; }

    public override void ResetDbType() => DbType = DbType.String;

    private static DbType DbTypeOf(object? value) =>
        value switch
        {
            bool => DbType.Boolean,
            sbyte => DbType.SByte,
            short => DbType.Int16,
            int => DbType.Int32,
            long => DbType.Int64,
            byte => DbType.Byte,
            ushort => DbType.UInt16,
            uint => DbType.UInt32,
            ulong => DbType.UInt64,
            float => DbType.Single,
            double => DbType.Double,
            decimal => DbType.Currency,
            BigInteger => DbType.VarNumeric,
            Guid => DbType.Guid,
            byte[] => DbType.Binary,
            DateTime => DbType.DateTime,
            DateTimeOffset => DbType.DateTimeOffset,
            DateOnly => DbType.Date,
            TimeOnly => DbType.Time,
            _ => DbType.String,
        };
}
