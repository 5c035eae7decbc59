using System.Collections;
using System.Data;
using System.Data.Common;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>Reads results chunk by chunk (2 048 rows); only the current chunk's values exist on the .NET side.</summary>
public class DuckDBDataReader : DbDataReader
{
    private readonly DuckDBCommand _command;
    private readonly CommandBehavior _behavior;
    private readonly IEnumerator<QueryResult> _results;
    private ColumnReader[] _columns = [];
    private Dictionary<string, int> _ordinals = [];
    private ChunkHandle? _chunk;
    private ulong _chunkSize;
    private ulong _rowsRead;
    private bool _hasRows;
    private bool _isAtEnd;
    private bool _isClosed;

    internal DuckDBDataReader(DuckDBCommand command, IEnumerable<QueryResult> results, CommandBehavior behavior)
    {
        _command = command;
        _behavior = behavior;
        _results = results.GetEnumerator();
        try
        {
            MoveToResult();
        }
        catch
        {
            ReleaseNative();
            throw;
        }
    }

    public override int Depth => 0;

    public override int FieldCount => _columns.Length;

    public override bool HasRows => _hasRows;

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (_rowsRead == _chunkSize && !MoveToChunk())
        {
            return false;
        }

        _rowsRead++;
        return true;
    }

    public override bool NextResult() => MoveToResult();

    public override void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        ReleaseNative();
        if (_behavior.HasFlag(CommandBehavior.CloseConnection))
        {
            _command.Connection!.Close();
        }
    }

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var bytes = GetFieldValue<byte[]>(ordinal);
        if (buffer is null)
        {
            return bytes.Length;
        }

        var count = (int)Math.Clamp(bytes.Length - dataOffset, 0, length);
        bytes.AsSpan((int)Math.Min(dataOffset, bytes.Length), count).CopyTo(buffer.AsSpan(bufferOffset));
        return count;
    }

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override string GetDataTypeName(int ordinal) => _columns[ordinal].Type.ToString();

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override Type GetFieldType(int ordinal) => _columns[ordinal].ClrType;

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetName(int ordinal) => _columns[ordinal].Name;

    public override int GetOrdinal(string name) =>
        _ordinals.TryGetValue(name, out var ordinal)
            ? ordinal
            : throw new DuckDBException($"Column with name {name} was not found.");

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override Stream GetStream(int ordinal) => GetFieldValue<Stream>(ordinal);

    public override T GetFieldValue<T>(int ordinal) => _columns[ordinal].Get<T>(Row);

    public override object GetValue(int ordinal) =>
        _columns[ordinal].IsNull(Row) ? DBNull.Value : _columns[ordinal].GetValue(Row);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override bool IsDBNull(int ordinal) => _columns[ordinal].IsNull(Row);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, _behavior.HasFlag(CommandBehavior.CloseConnection));

    public override DataTable GetSchemaTable()
    {
        var table = new DataTable("SchemaTable");
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(byte));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(byte));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i];
            var isDecimal = column.Type == ColumnType.Decimal;
            object precision = isDecimal ? column.Precision : DBNull.Value;
            object scale = isDecimal ? column.Scale : DBNull.Value;
            table.Rows.Add(column.Name, i, -1, precision, scale, column.ClrType, true);
        }

        return table;
    }

    private ulong Row =>
        _rowsRead > 0 && _chunk is not null ? _rowsRead - 1 : throw new InvalidOperationException("No row has been read");

    private bool MoveToResult()
    {
        ReleaseResult();
        while (_results.MoveNext())
        {
            if (_results.Current.HasRows)
            {
                _columns = _results.Current.Columns();
                _ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
                for (var i = 0; i < _columns.Length; i++)
                {
                    _ordinals.TryAdd(_columns[i].Name, i);
                }

                _isAtEnd = false;
                _hasRows = MoveToChunk();
                return true;
            }

            _results.Current.Dispose();
        }

        return false;
    }

    private bool MoveToChunk()
    {
        ReleaseChunk();

        // An empty chunk can stand before the end of a streaming result; behind the end there is an error.
        while (_chunkSize == 0 && !_isAtEnd)
        {
            _chunk?.Dispose();
            _chunk = _results.Current.NextChunk();
            _isAtEnd = _chunk is null;
            _chunkSize = _chunk is null ? 0 : NativeMethods.ChunkSize(_chunk);
        }

        for (var i = 0; i < _columns.Length && _chunkSize > 0; i++)
        {
            _columns[i].Attach(NativeMethods.ChunkVector(_chunk!, (ulong)i));
        }

        return _chunkSize > 0;
    }

    private void ReleaseChunk()
    {
        _chunk?.Dispose();
        _chunk = null;
        _chunkSize = 0;
        _rowsRead = 0;
    }

    private void ReleaseResult()
    {
        ReleaseChunk();
        if (_columns.Length > 0)
        {
            _results.Current.Dispose();
            _columns = [];
        }

        _hasRows = false;
        _isAtEnd = true;
    }

    private void ReleaseNative()
    {
        ReleaseResult();
        _results.Dispose();
    }
}
