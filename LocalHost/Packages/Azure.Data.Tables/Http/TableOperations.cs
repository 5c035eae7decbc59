using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Http;

/// <summary>Making and dropping tables, shared by both clients.</summary>
internal static class TableOperations
{
    public static async Task<Response<TableItem>> CreateTableAsync(
        this TableService service, string name, bool ifNotExists, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var content = new PooledContent(256);
        await using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            writer.WriteString("TableName", name);
            writer.WriteEndObject();
        }

        var response = await service.SendAsync(
            RequestMethod.Post, "Tables", content, TableService.Json, null, ifNotExists ? 409 : null, cancellationToken);
        if (response.Status == 409 && new RequestFailedException(response) is var refused
            && refused.ErrorCode == TableErrorCode.TableBeingDeleted)
        {
            throw refused;
        }

        return Response.FromValue(new TableItem(name), response);
    }

    public static async Task<Response> DeleteTableAsync(this TableService service, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return await service.SendAsync(RequestMethod.Delete, $"Tables('{name}')", cancellationToken, also: 404);
    }
}
