using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>
/// The idempotency keys of a day and of the day before, each in a table of its own: a key holds for 24 to 48 hours. A request
/// whose worker died is let in again after <see cref="Patience"/>.
/// </summary>
public sealed class TableIdempotencyStore(TableProvider tables, TableServiceClient service, TimeProvider time) : ITenantData
{
    /// <summary>Above the time any endpoint takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string HashColumn = "RequestHash";
    private const string SinceColumn = "SinceUtc";
    private const string AnswerColumn = "Answer";

    /// <summary>A column takes 64 KiB of UTF-16.</summary>
    private const int MaxColumnLength = 32_000;

    /// <param name="tenantId">Null for the operator.</param>
    /// <param name="key">What identifies the request's intent: the endpoint and the caller's key.</param>
    /// <param name="requestHash">Of what was sent: the same key with another request is refused.</param>
    public async Task<IdempotencyClaim> ClaimAsync(TenantId? tenantId, string key, string requestHash, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var row = Digest.Of(key);
        var earlier = await FindAsync(tenantId, row, today.AddDays(-1), cancellationToken);
        if (earlier is not null && Judge(earlier, tenantId, row, today.AddDays(-1), requestHash) is { } known)
        {
            return known;
        }

        var table = await tables.GetAsync(TableNames.Idempotency(today));
        var entity = new TableEntity(TableKeys.IdempotencyPartition(tenantId), row) { [HashColumn] = requestHash, [SinceColumn] = time.GetUtcNow() };
        try
        {
            var added = await table.AddEntityAsync(entity, cancellationToken);
            return New(tenantId, row, today, added);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return await TakeOverAsync(table, entity, tenantId, today, cancellationToken);
        }
    }

    /// <summary>Keeps the answer, without its body where a column does not take it. A claim that was lost meanwhile is left alone.</summary>
    public async Task CompleteAsync(IdempotencyClaim claim, KeptAnswer answer, CancellationToken cancellationToken)
    {
        var text = JsonColumn.Write(answer);
        if (text.Length > MaxColumnLength)
        {
            text = JsonColumn.Write(answer with { Body = null });
        }

        var table = await tables.GetAsync(TableNames.Idempotency(claim.Date));
        var entity = new TableEntity(TableKeys.IdempotencyPartition(claim.TenantId), claim.Row) { [AnswerColumn] = text };
        try
        {
            await table.UpdateEntityAsync(entity, claim.Version, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // Another request has taken the key over, or the tenant's keys were removed.
        }
    }

    /// <summary>Lets the same request in again: it was not done. A claim that was lost meanwhile is left alone.</summary>
    public async Task ForgetAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Idempotency(claim.Date));
        try
        {
            await table.DeleteEntityAsync(TableKeys.IdempotencyPartition(claim.TenantId), claim.Row, claim.Version, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // As above.
        }
    }

    /// <summary>Drops the tables of the days before yesterday.</summary>
    public async Task DropOldAsync(CancellationToken cancellationToken)
    {
        var oldest = TableNames.Idempotency(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1));
        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {TableNames.IdempotencyPrefix} and TableName lt {oldest}");
        await foreach (var table in service.QueryAsync(filter, cancellationToken: cancellationToken))
        {
            await service.DeleteTableAsync(table.Name, cancellationToken);
        }
    }

    /// <summary>Removes a tenant's keys.</summary>
    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var date in new[] { today, today.AddDays(-1) })
        {
            var table = await tables.GetAsync(TableNames.Idempotency(date));
            await table.RemovePartitionAsync(TableKeys.IdempotencyPartition(tenantId), cancellationToken);
        }
    }

    private async Task<IdempotencyClaim> TakeOverAsync(
        TableClient table,
        TableEntity entity,
        TenantId? tenantId,
        DateOnly date,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(tenantId, entity.RowKey, date, cancellationToken);
        if (found is not null && Judge(found, tenantId, entity.RowKey, date, entity.GetString(HashColumn)) is { } known)
        {
            return known;
        }

        try
        {
            var taken = await (
                found is null
                    ? table.AddEntityAsync(entity, cancellationToken)
                    : table.UpdateEntityAsync(entity, found.ETag, TableUpdateMode.Replace, cancellationToken)
            );
            return New(tenantId, entity.RowKey, date, taken);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return new IdempotencyClaim(IdempotencyState.UnderWay, tenantId, entity.RowKey, date);
        }
    }

    private static IdempotencyClaim New(TenantId? tenantId, string row, DateOnly date, Response written) =>
        new(IdempotencyState.New, tenantId, row, date, Version: written.Headers.ETag ?? ETag.All);

    /// <returns>Null when the request may be tried again.</returns>
    private IdempotencyClaim? Judge(TableEntity found, TenantId? tenantId, string row, DateOnly date, string? requestHash)
    {
        if (found.GetString(HashColumn) != requestHash)
        {
            return new IdempotencyClaim(IdempotencyState.OtherRequest, tenantId, row, date);
        }

        if (found.ContainsKey(AnswerColumn))
        {
            return new IdempotencyClaim(IdempotencyState.Answered, tenantId, row, date, JsonColumn.Read<KeptAnswer>(found, AnswerColumn));
        }

        var isGivenUp = found.GetDateTimeOffset(SinceColumn) + Patience < time.GetUtcNow();
        return isGivenUp ? null : new IdempotencyClaim(IdempotencyState.UnderWay, tenantId, row, date);
    }

    private async Task<TableEntity?> FindAsync(TenantId? tenantId, string row, DateOnly date, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Idempotency(date));
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.IdempotencyPartition(tenantId),
            row,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }
}
