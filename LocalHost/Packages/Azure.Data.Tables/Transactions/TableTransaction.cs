using Azure.Core;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables.Transactions;

/// <summary>Sends entity-group transactions of one table as <c>multipart/mixed</c> with one change set.</summary>
internal sealed class TableTransaction(TableService service, string tableName)
{
    public async Task<Response<IReadOnlyList<Response>>> SubmitAsync(
        IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actions);
        var batch = $"batch_{Guid.NewGuid()}";
        var content = new PooledContent(64 * 1024);
        using (var writer = new ChangeSetWriter(content, service.Address, tableName, batch))
        {
            foreach (var action in actions)
            {
                writer.Add(action);
            }

            writer.Finish();
        }

        var response = await service.SendAsync(
            RequestMethod.Post, "$batch", content, $"multipart/mixed; boundary={batch}", null, null, cancellationToken);
        var parts = MultipartResponse.Parse(response.Content.ToMemory());
        if (parts.FirstOrDefault(part => part.Status >= 400) is { } refused)
        {
            throw new TableTransactionFailedException(new RequestFailedException(refused, null, TableErrorParser.Instance));
        }

        return Response.FromValue<IReadOnlyList<Response>>(parts, response);
    }
}
