using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>The tables of one account. Its <see cref="TableClient"/>s share one pipeline.</summary>
public class TableServiceClient
{
    private readonly TableService service;

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions? options = null)
    {
        var connection = TableConnectionString.Parse(connectionString);
        service = new TableService(connection.Endpoint, connection.Authentication, options);
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options) =>
        service = new TableService(endpoint, new SharedKeyLitePolicy(credential), options);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) =>
        service = new TableService(endpoint, Bearer(tokenCredential), options);

    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null) =>
        service = new TableService(endpoint, new SasPolicy(credential), options);

    public virtual string AccountName => service.AccountName;

    public virtual Uri Uri => service.Endpoint;

    public static string CreateQueryFilter(FormattableString filter) => TableOdataFilter.Create(filter);

    public virtual TableClient GetTableClient(string tableName) => new(service, tableName);

    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        service.CreateTableAsync(tableName, ifNotExists: false, cancellationToken);

    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default) =>
        service.CreateTableAsync(tableName, ifNotExists: true, cancellationToken);

    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        service.DeleteTableAsync(tableName, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(TableOdataFilter.Create(filter), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default)
    {
        return new QueryPages<TableItem>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<TableItem>> FetchAsync(string? continuation, int? size, CancellationToken cancellation)
        {
            var query = new QueryString().Add("$filter", filter).Add("$top", size).Add("NextTableName", continuation);
            var response = await service.SendAsync(RequestMethod.Get, $"Tables{query}", cancellation);
            using var document = JsonDocument.Parse(response.Content);
            var tables = document.RootElement.GetProperty("value").EnumerateArray()
                .Select(table => new TableItem(table.GetProperty("TableName").GetString()!)).ToList();
            response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next);
            return Page<TableItem>.FromValues(tables, next, response);
        }
    }

    internal static HttpPipelinePolicy Bearer(TokenCredential credential) =>
        new BearerTokenAuthenticationPolicy(credential, "https://storage.azure.com/.default");
}
