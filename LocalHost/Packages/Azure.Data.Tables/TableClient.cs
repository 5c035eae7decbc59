using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Json;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Transactions;

namespace Azure.Data.Tables;

/// <summary>
/// One table. Safe for concurrent use. Deleting what is not there is no failure, as in the released package, but a delete inside
/// a transaction is.
/// </summary>
public class TableClient
{
    private readonly TableService service;
    private readonly TableTransaction transactions;

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableConnectionString.Parse(connectionString), tableName, options)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(new TableService(endpoint, new SharedKeyLitePolicy(credential), options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(new TableService(endpoint, TableServiceClient.Bearer(tokenCredential), options), tableName)
    {
    }

    internal TableClient(TableService service, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        this.service = service;
        Name = tableName;
        Uri = new Uri($"{service.Address}/{tableName}");
        transactions = new TableTransaction(service, tableName);
    }

    private TableClient(TableConnectionString connection, string tableName, TableClientOptions? options)
        : this(new TableService(connection.Endpoint, connection.Authentication, options), tableName)
    {
    }

    public virtual string AccountName => service.AccountName;

    public virtual string Name { get; }

    public virtual Uri Uri { get; }

    public static string CreateQueryFilter(FormattableString filter) => TableOdataFilter.Create(filter);

    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        service.CreateTableAsync(Name, ifNotExists: false, cancellationToken);

    /// <summary>An existing table is a success with status 409; one that is just being deleted is an error.</summary>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        service.CreateTableAsync(Name, ifNotExists: true, cancellationToken);

    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        service.DeleteTableAsync(Name, cancellationToken);

    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        CheckKeys(entity);
        return await service.SendAsync(RequestMethod.Post, Name, entity, null, cancellationToken);
    }

    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync(partitionKey, rowKey, select, null, cancellationToken);
        return Response.FromValue(EntityJson.Read<T>(response.Content.ToMemory().Span), response);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync(partitionKey, rowKey, select, 404, cancellationToken);
        return response.Status == 404
            ? new NoValueResponse<T>(response)
            : Response.FromValue(EntityJson.Read<T>(response.Content.ToMemory().Span), response);
    }

    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await WriteAsync(entity, null, mode, cancellationToken);

    /// <summary>Fails with 412 if the stored entity has another ETag, with 404 if there is none.</summary>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        ifMatch == default
            ? throw new ArgumentException("Value cannot be empty.", nameof(ifMatch))
            : await WriteAsync(entity, ifMatch.ToString(), mode, cancellationToken);

    public virtual async Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ServiceRules.CheckKeys(partitionKey, rowKey);
        var path = TableService.EntityPath(Name, partitionKey, rowKey);
        var condition = ifMatch == default ? ETag.All : ifMatch;
        return await service.SendAsync(RequestMethod.Delete, path, cancellationToken, condition.ToString(), also: 404);
    }

    /// <summary>Pages of at most 1 000 entities; a page may be empty and still have a continuation.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        return new QueryPages<T>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<T>> FetchAsync(string? continuation, int? size, CancellationToken cancellation)
        {
            var next = ContinuationToken.Parse(continuation);
            var query = new QueryString()
                .Add("$filter", filter).Add("$top", size).Add("$select", select)
                .Add("NextPartitionKey", next.NextPartitionKey).Add("NextRowKey", next.NextRowKey);
            var response = await service.SendAsync(RequestMethod.Get, $"{Name}(){query}", cancellation);
            var entities = EntityJson.ReadPage<T>(response.Content.ToMemory().Span);
            return Page<T>.FromValues(entities, ContinuationToken.Of(response), response);
        }
    }

    /// <summary>
    /// Stores all actions or none: up to 100 entities of one partition, each once, 4 MB in all.
    /// A refused action is a <see cref="TableTransactionFailedException"/> that tells its index.
    /// </summary>
    public virtual Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        transactions.SubmitAsync(transactionActions, cancellationToken);

    private static void CheckKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ServiceRules.CheckKeys(entity.PartitionKey, entity.RowKey);
    }

    private Task<Response> GetAsync(
        string partitionKey, string rowKey, IEnumerable<string>? select, int? also, CancellationToken cancellationToken)
    {
        ServiceRules.CheckKeys(partitionKey, rowKey);
        var query = new QueryString().Add("$select", select);
        var path = TableService.EntityPath(Name, partitionKey, rowKey) + query;
        return service.SendAsync(RequestMethod.Get, path, cancellationToken, also: also);
    }

    private async Task<Response> WriteAsync(
        ITableEntity entity, string? ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        CheckKeys(entity);
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentException($"Unexpected value for mode: {mode}", nameof(mode)),
        };
        var path = TableService.EntityPath(Name, entity.PartitionKey, entity.RowKey);
        return await service.SendAsync(method, path, entity, ifMatch, cancellationToken);
    }
}
