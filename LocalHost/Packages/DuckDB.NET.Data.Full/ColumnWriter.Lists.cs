using System.Numerics;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

internal sealed unsafe partial class ColumnWriter
{
    public void WriteList<T>(ulong row, IEnumerable<T> values)
    {
        if (_items is null)
        {
            throw Mismatch(values.GetType());
        }

        var start = _itemCount;
        foreach (var value in values)
        {
            if (_itemCount >= _itemCapacity)
            {
                GrowItems();
            }

            _items.WriteObject(_itemCount++, value);
        }

        NativeMethods.ListSetSize(_vector, _itemCount);
        ((ListEntry*)_data)[row] = new ListEntry(start, _itemCount - start);
    }

    private void GrowItems()
    {
        _itemCapacity = Math.Max(_itemCapacity * 2, NativeMethods.VectorSize());
        NativeMethods.ListReserve(_vector, _itemCapacity);

        // Reserving moves the items' buffers; their validity mask is fetched again on the next NULL.
        var child = NativeMethods.ListChild(_vector);
        _items!._vector = child;
        _items._data = NativeMethods.VectorData(child);
        _items._validity = null;
    }

    private void WriteObject(ulong row, object? value)
    {
        switch (value)
        {
            case null:
                WriteNull(row);
                break;
            case string v:
                Write(row, v);
                break;
            case bool v:
                Write(row, v);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                WriteInteger(row, Convert.ToInt64(value, null));
                break;
            case ulong v:
                WriteInteger(row, v);
                break;
            case BigInteger v:
                WriteInteger(row, (Int128)v);
                break;
            case float v:
                Write(row, (double)v);
                break;
            case double v:
                Write(row, v);
                break;
            case decimal v:
                Write(row, v);
                break;
            case Guid v:
                Write(row, v);
                break;
            case DateOnly v:
                Write(row, v);
                break;
            case DateTime v:
                Write(row, v);
                break;
            case DateTimeOffset v:
                Write(row, v);
                break;
            case TimeSpan v:
                Write(row, v);
                break;
            case byte[] v:
                Write(row, v.AsSpan());
                break;
            default:
                throw Mismatch(value.GetType());
        }
    }
}
