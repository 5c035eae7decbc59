using System.Buffers;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Json;

namespace Azure.Data.Tables.Transactions;

/// <summary>Writes the actions one behind the other into one buffer, each as the HTTP request it would be alone.</summary>
internal sealed class ChangeSetWriter : IDisposable
{
    private static readonly byte[] Headers =
        Encoding.UTF8.GetBytes($" HTTP/1.1\r\nAccept: {TableService.MinimalMetadata}\r\nDataServiceVersion: 3.0\r\n");

    private static readonly byte[] BodyHeaders =
        Encoding.UTF8.GetBytes($"Prefer: return-no-content\r\nContent-Type: {TableService.Json}\r\n\r\n");

    private readonly PooledContent content;
    private readonly Utf8JsonWriter json;
    private readonly string table;
    private readonly byte[] partStart;
    private readonly byte[] address;
    private readonly string end;
    private string? partitionKey;
    private int count;

    public ChangeSetWriter(PooledContent content, string address, string table, string batch)
    {
        var changeSet = $"changeset_{Guid.NewGuid()}";
        this.content = content;
        this.table = table;
        this.address = Encoding.UTF8.GetBytes($" {address}/");
        partStart = Encoding.UTF8.GetBytes(
            $"--{changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        end = $"--{changeSet}--\r\n--{batch}--\r\n";
        json = new Utf8JsonWriter(content, EntityJson.WriterOptions);
        Write($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeSet}\r\n\r\n");
    }

    public void Add(TableTransactionAction action)
    {
        var entity = action.Entity;
        partitionKey ??= entity.PartitionKey;
        ServiceRules.CheckAction(count++, partitionKey, entity);

        content.Write(partStart);
        content.Write(Verb(action.ActionType));
        content.Write(address);
        Write(action.ActionType == TableTransactionActionType.Add
            ? table
            : TableService.EntityPath(table, entity.PartitionKey, entity.RowKey));
        content.Write(Headers);
        if (Condition(action) is { } condition)
        {
            Write($"If-Match: {condition}\r\n");
        }

        if (action.ActionType == TableTransactionActionType.Delete)
        {
            content.Write("\r\n\r\n"u8);
            return;
        }

        content.Write(BodyHeaders);
        EntityJson.Write(json, entity);
        json.Reset();
        content.Write("\r\n"u8);
    }

    public void Finish()
    {
        if (count == 0)
        {
            throw new InvalidOperationException("The transaction has no actions.");
        }

        Write(end);
    }

    public void Dispose() => json.Dispose();

    private static ReadOnlySpan<byte> Verb(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => "POST"u8,
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH"u8,
        TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT"u8,
        TableTransactionActionType.Delete => "DELETE"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string? Condition(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => (action.ETag == default ? ETag.All : action.ETag).ToString(),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace when action.ETag != default =>
            action.ETag.ToString(),
        _ => null,
    };

    private void Write(string text) => Encoding.UTF8.GetBytes(text, content);
}
