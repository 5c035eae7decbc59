using System.Text.Json;
using Azure.Data.Tables;
using Marketline.Core.Json;

namespace Marketline.Storage.Tables;

/// <summary>Records that are read as a whole stand as JSON in one column; what is filtered by has columns of its own.</summary>
internal static class JsonColumn
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonFormat.Options);

    public static T Read<T>(TableEntity entity, string column) =>
        JsonSerializer.Deserialize<T>(entity.Text(column), JsonFormat.Options)!;
}
