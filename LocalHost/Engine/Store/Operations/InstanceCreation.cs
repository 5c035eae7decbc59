using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>Creates and deletes instances.</summary>
internal static class InstanceCreation
{
    /// <summary>
    /// The statuses in which Durable Functions keeps an instance when a start names none (Azure/azure-functions-durable-extension,
    /// src/WebJobs.Extensions.DurableTask/Options/OverridableStates.cs, the default NonRunningStates).
    /// </summary>
#pragma warning disable CS0618 // Obsolete, yet part of that list.
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> DefaultDedupeStatuses =
    [
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.ContinuedAsNew,
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Suspended,
    ];
#pragma warning restore CS0618

    /// <summary>Creates an instance; one of the same id in another status than those is replaced.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">One of the same id is in one of those statuses.</exception>
    public static long Create(
        StoreSession session,
        StoreEffects effects,
        NewInstance instance,
        IReadOnlyCollection<OrchestrationRuntimeStatus> dedupeStatuses,
        DateTime now)
    {
        var existing = session.Instances.Find(instance.Id);
        if (existing is not null)
        {
            if (dedupeStatuses.Contains(existing.Status))
            {
                throw new OrchestrationAlreadyExistsException(
                    $"An Orchestration instance with the ID {instance.Id} already exists. Its status is {existing.Status}.");
            }

            Delete(session, effects, existing.Key);
        }

        var key = session.Instances.Insert(instance, now);
        effects.ChangedIds.Add(instance.Id);
        if (instance.StartAt is { } startAt && startAt > now)
        {
            session.Timers.AddStart(key, startAt, instance.Start);
            effects.AddDue(startAt.Ticks);
        }
        else
        {
            effects.Messages.Add(session.Inbox.Add(key, instance.Start.Execution, instance.Start));
        }

        return key;
    }

    /// <summary>Deletes all there is of an instance. Activities of it that wait or run are left; nobody takes their results.</summary>
    public static void Delete(StoreSession session, StoreEffects effects, long key)
    {
        session.Instances.Delete(key);
        session.History.Delete(key);
        session.Inbox.DeleteAll(key);
        session.Timers.DeleteAll(key);
        effects.RemovedKeys.Add(key);
    }
}
