namespace Azure.Data.Tables.Http;

/// <summary>Where a query goes on. The service gives both keys encoded, without spaces, so a space keeps them apart.</summary>
internal sealed record ContinuationToken(string? NextPartitionKey, string? NextRowKey)
{
    public static ContinuationToken Parse(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new ContinuationToken(null, null);
        }

        var parts = token.Split(' ', 2);
        return new ContinuationToken(parts[0], parts.ElementAtOrDefault(1));
    }

    public static string? Of(Response response)
    {
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partitionKey);
        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var rowKey);
        return partitionKey is null && rowKey is null ? null : $"{partitionKey} {rowKey}";
    }
}
