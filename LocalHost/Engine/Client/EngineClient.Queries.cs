using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Client;

internal sealed partial class EngineClient
{
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var found = await store.ReadAsync(session => session.Search.Find(instanceId, getInputsAndOutputs)).WaitAsync(cancellation);
        return found is null ? null : Metadata(found, getInputsAndOutputs);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status.HasEnded(), getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create(async (token, pageSize, cancellation) =>
        {
            var size = pageSize ?? query.PageSize;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(pageSize));
            var after = ReadToken(token ?? query.ContinuationToken);
            if (query.TaskHubNames?.ToList() is { Count: > 0 } hubs && !hubs.Contains(options.TaskHubName, StringComparer.OrdinalIgnoreCase))
            {
                return new Page<OrchestrationMetadata>([]);
            }

            var found = await store.ReadAsync(session => session.Search.Find(query, after, size + 1)).WaitAsync(cancellation);
            var page = found.Take(size).Select(instance => Metadata(instance, query.FetchInputsAndOutputs)).ToList();
            return new Page<OrchestrationMetadata>(
                page, found.Count > size ? found[size - 1].Key.ToString(CultureInfo.InvariantCulture) : null);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var recursive = options?.Recursive ?? false;
        var count = await store.WriteAsync((session, effects) => Purge.One(session, effects, instanceId, recursive)).WaitAsync(cancellation);
        return new PurgeResult(count, isComplete: true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Timeout, "PurgeInstancesFilter.Timeout must be positive.");
        }

        var recursive = options?.Recursive ?? false;
        var begun = Stopwatch.GetTimestamp();
        var total = 0;
        while (true)
        {
            var (found, deleted) = await store.WriteAsync((session, effects) => Purge.Some(session, effects, filter, recursive))
                .WaitAsync(cancellation);
            total += deleted;
            if (found < Purge.InstancesAtOnce)
            {
                return new PurgeResult(total, isComplete: true);
            }

            if (filter.Timeout is { } limit && Stopwatch.GetElapsedTime(begun) >= limit)
            {
                return new PurgeResult(total, isComplete: false);
            }
        }
    }

    private static long ReadToken(string? token) =>
        token is null ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key
        : throw new ArgumentException($"'{token}' is not a continuation token of this engine.", nameof(token));

    /// <summary>Waits for ever for an instance that nobody creates, as in Azure: give it a token that is cancelled in time.</summary>
    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            using var wait = waits.Next(instanceId);
            var found = await store.ReadAsync(session => session.Search.Find(instanceId, getInputsAndOutputs)).WaitAsync(cancellation);
            if (found is not null && isReached(found.Status))
            {
                return Metadata(found, getInputsAndOutputs);
            }

            await wait.Changed.WaitAsync(cancellation);
        }
    }

    private OrchestrationMetadata Metadata(StoredInstance instance, bool withPayloads) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = instance.Created,
        LastUpdatedAt = instance.Updated,
        Tags = instance.TagsJson is { } tags
            ? JsonSerializer.Deserialize(tags, HistoryJsonContext.Default.DictionaryStringString)!.ToImmutableDictionary()
            : ImmutableDictionary<string, string>.Empty,
        DataConverter = withPayloads ? options.DataConverter : null,
        SerializedInput = instance.Input,
        SerializedOutput = instance.Output,
        SerializedCustomStatus = instance.CustomStatus,
        FailureDetails = instance.FailureJson is { } failure
            ? JsonSerializer.Deserialize(failure, HistoryJsonContext.Default.TaskFailureDetails)
            : null,
    };
}
