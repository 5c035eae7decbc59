using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>Deletes ended instances.</summary>
internal static class Purge
{
    public const int InstancesAtOnce = 200;

    /// <returns>How many were deleted: none when the instance does not exist or has not ended.</returns>
    public static int One(StoreSession session, StoreEffects effects, string id, bool recursive) =>
        session.Instances.Find(id) is { HasEnded: true } instance ? Delete(session, effects, instance.Key, recursive) : 0;

    /// <summary>Some of those that fit; fewer than <see cref="InstancesAtOnce"/> found means that none are left.</summary>
    public static (int Found, int Deleted) Some(StoreSession session, StoreEffects effects, PurgeInstancesFilter filter, bool recursive)
    {
        var keys = session.Search.FindEnded(filter, InstancesAtOnce);
        return (keys.Count, keys.Sum(key => session.Instances.Find(key) is null ? 0 : Delete(session, effects, key, recursive)));
    }

    private static int Delete(StoreSession session, StoreEffects effects, long key, bool recursive)
    {
        var count = 1;
        var left = new Stack<long>([key]);
        while (left.TryPop(out var next))
        {
            if (recursive)
            {
                foreach (var child in session.Instances.Children(next).Where(child => child.HasEnded))
                {
                    left.Push(child.Key);
                    count++;
                }
            }

            InstanceCreation.Delete(session, effects, next);
        }

        return count;
    }
}
