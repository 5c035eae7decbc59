using System.Collections;

namespace Azure.Data.Tables;

/// <summary>
/// An entity as a dictionary. Keys, timestamp and ETag stand in it like any other property, the ETag as <c>odata.etag</c>.
/// A typed getter gives null for a missing property and throws <see cref="InvalidOperationException"/> for one of another type.
/// </summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object?> properties = [];

    public TableEntity()
    {
    }

    public TableEntity(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

// The released package has no nullable annotations here: callers may hold null values or not.
#nullable disable annotations
    public TableEntity(IDictionary<string, object> values)
    {
        foreach (var (key, value) in values ?? new Dictionary<string, object>())
        {
            properties[key] = value;
        }
    }

    public object this[string key]
    {
        get => properties.GetValueOrDefault(key);
        set => SetValue(key, value);
    }

    ICollection<object> IDictionary<string, object>.Values => properties.Values;

    public void Add(string key, object value) => SetValue(key, value);

    public bool TryGetValue(string key, out object value) => properties.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => SetValue(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => properties.Contains(item);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => AsCollection.Remove(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        AsCollection.CopyTo(array, arrayIndex);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() =>
        properties.GetEnumerator();

    private ICollection<KeyValuePair<string, object>> AsCollection => properties;
#nullable restore

    public string PartitionKey
    {
        get => GetString(EntityNames.PartitionKey)!;
        set => properties[EntityNames.PartitionKey] = value;
    }

    public string RowKey
    {
        get => GetString(EntityNames.RowKey)!;
        set => properties[EntityNames.RowKey] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(EntityNames.Timestamp);
        set => properties[EntityNames.Timestamp] = value;
    }

    public ETag ETag
    {
        get => new(GetString(EntityNames.ODataETag)!);
        set => properties[EntityNames.ODataETag] = value.ToString();
    }

    public int Count => properties.Count;

    public ICollection<string> Keys => properties.Keys;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    public bool ContainsKey(string key) => properties.ContainsKey(key);

    public bool Remove(string key) => properties.Remove(key);

    public void Clear() => properties.Clear();

    public string? GetString(string key) => (string?)Get(key, typeof(string));

    public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool));

    public int? GetInt32(string key) => (int?)Get(key, typeof(int));

    public long? GetInt64(string key) => (long?)Get(key, typeof(long));

    public double? GetDouble(string key) => (double?)Get(key, typeof(double));

    public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid));

    public DateTime? GetDateTime(string key) =>
        properties.GetValueOrDefault(key) is DateTimeOffset offset ? offset.UtcDateTime : (DateTime?)Get(key, typeof(DateTime));

    public DateTimeOffset? GetDateTimeOffset(string key) =>
        properties.GetValueOrDefault(key) is DateTime time
            ? new DateTimeOffset(time)
            : (DateTimeOffset?)Get(key, typeof(DateTimeOffset));

    public byte[]? GetBinary(string key) => (byte[]?)Get(key, typeof(byte[]));

    public BinaryData? GetBinaryData(string key) =>
        properties.GetValueOrDefault(key) is byte[] bytes ? new BinaryData(bytes) : (BinaryData?)Get(key, typeof(BinaryData));

    IEnumerator IEnumerable.GetEnumerator() => properties.GetEnumerator();

    private object? Get(string key, Type type)
    {
        var value = properties.GetValueOrDefault(key);
        return value is null || type.IsInstanceOfType(value)
            ? value
            : throw new InvalidOperationException($"Cannot return {type} type for a {value.GetType()} typed property ('{key}').");
    }

    /// <summary>A long or double property that is set to an int stays a long or double: <c>entity["Total"] = 5</c>.</summary>
    private void SetValue(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        properties[key] = (properties.GetValueOrDefault(key), value) switch
        {
            (double, int number) => (double)number,
            (long, int number) => (long)number,
            (string, DateTime or DateTimeOffset) => value!.ToString(),
            _ => value,
        };
    }
}
