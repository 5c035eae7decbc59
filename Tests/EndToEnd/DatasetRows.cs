using System.Text.Json;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.Tests.EndToEnd;

internal static class DatasetRows
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<List<T>> ReadAsync<T>(ApiClient client, string dataset, string? lastRunId)
    {
        var rows = new List<T>();
        await foreach (var line in client.ReadRowLinesAsync(dataset, lastRunId, default))
        {
            rows.Add(JsonSerializer.Deserialize<T>(line, Format)!);
        }

        return rows;
    }
}
