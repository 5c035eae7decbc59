using System.Diagnostics;
using System.Threading.Channels;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Store;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// Runs activities, so many at once. A result is stored before anybody sees it; an activity whose result was not stored when
/// the engine ended runs again.
/// </summary>
internal sealed class ActivityWorkers(
    Registrations registrations, StoreThread store, WorkCounter counter, DataConverter converter, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(ChannelReader<PendingTask> tasks, CancellationToken stopping)
    {
        while (await tasks.WaitToReadAsync(CancellationToken.None))
        {
            while (!stopping.IsCancellationRequested && tasks.TryRead(out var task))
            {
                var answer = await RunAsync(task, stopping);
                if (answer is not null)
                {
                    store.Post(new ActivityEnd(task, answer, StoreLater));
                }

                counter.Exit();
            }

            if (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>The disk may be full for a while: the result waits, and the activity does not run again for that.</summary>
    private void StoreLater(ActivityEnd end, Exception error)
    {
        EngineLog.StoreFailed(logger, error);
        _ = Task.Delay(TimeSpan.FromSeconds(1), time).ContinueWith(_ => store.Post(end), TaskScheduler.Default);
    }

    /// <returns>Null when the activity was stopped with the host.</returns>
    private async Task<AnswerEvent?> RunAsync(PendingTask task, CancellationToken stopping)
    {
        if (!registrations.Activities.TryGetValue(task.Name, out var run))
        {
            var message = $"There is no activity named '{task.Name}' in this host. Was it renamed or removed?";
            return new TaskFailed(task.TaskId, new("ActivityNotFound", message, null, null, null), NonRetriable: true);
        }

        using var trace = EngineTrace.Start("activity", task.Name, task.TraceParent);
        try
        {
            var input = task.InputIsInStore ? await store.ReadAsync(session => session.Tasks.Input(task.Seq)) : task.Input;
            var call = new ActivityCall(task.Name, task.InstanceId, task.TaskId, input, task.TraceParent);
            var result = await run(call, stopping);
            return new TaskCompleted(task.TaskId, converter.Serialize(result, "The output of activity", task.Name));
        }

        // Whatever an activity throws is its result.
#pragma warning disable CA1031
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            EngineLog.ActivityStopped(logger, task.Name, task.TaskId, task.InstanceId);
            return null;
        }
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.ActivityFailed(logger, e, task.Name, task.TaskId, task.InstanceId);
            trace?.SetStatus(ActivityStatusCode.Error, e.Message);
            return new TaskFailed(task.TaskId, TaskFailureDetails.FromException(e), NonRetriable: false);
        }
    }
}
