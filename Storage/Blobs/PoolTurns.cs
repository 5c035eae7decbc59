using Marketline.Core.Admission;

namespace Marketline.Storage.Blobs;

/// <summary>
/// One pool as this worker changes it: one write at a time, and what arrives during a write goes into the next one. The ledger
/// is remembered between writes and read again only when another worker has changed it.
/// </summary>
internal sealed class PoolTurns(string pool, BlobContainers containers, TimeProvider time)
{
    private const int MaxChangesPerTurn = 500;
    private const int MaxBackoffMilliseconds = 200;

    private readonly Lock _lock = new();
    private readonly Queue<Pending> _pending = new();
    private bool _isTakingTurns;
    private VersionedLedger? _known;

    public Task<AdmissionAnswer> ApplyAsync(AdmissionPool shape, AdmissionChange change)
    {
        var pending = new Pending(shape, change);
        lock (_lock)
        {
            _pending.Enqueue(pending);
            if (_isTakingTurns)
            {
                return pending.Answer.Task;
            }

            _isTakingTurns = true;
        }

        _ = TakeTurnsAsync();
        return pending.Answer.Task;
    }

    private async Task TakeTurnsAsync()
    {
        while (NextTurn() is { Count: > 0 } turn)
        {
            try
            {
                var answers = await CommitAsync(turn);
                for (var i = 0; i < turn.Count; i++)
                {
                    turn[i].Answer.SetResult(answers[i]);
                }
            }
            catch (Exception failure)
            {
                // Whether it was written is not known.
                _known = null;
                turn.ForEach(pending => pending.Answer.SetException(failure));
            }
        }
    }

    private List<Pending> NextTurn()
    {
        lock (_lock)
        {
            var turn = new List<Pending>(Math.Min(_pending.Count, MaxChangesPerTurn));
            while (turn.Count < MaxChangesPerTurn && _pending.TryDequeue(out var pending))
            {
                turn.Add(pending);
            }

            _isTakingTurns = turn.Count > 0;
            return turn;
        }
    }

    private async Task<IReadOnlyList<AdmissionAnswer>> CommitAsync(List<Pending> turn)
    {
        var blob = new BlobLedger(await containers.GetSystemAsync(), pool);
        var changes = turn.ConvertAll(pending => pending.Change);
        for (var attempt = 0; ; attempt++)
        {
            var isFresh = _known is null;
            _known ??= await blob.ReadAsync(CancellationToken.None);
            var result = AdmissionDesk.Apply(_known.Ledger, turn[^1].Shape, changes, time.GetUtcNow());
            if (!result.IsChanged)
            {
                if (isFresh || await blob.IsCurrentAsync(_known, CancellationToken.None))
                {
                    return result.Answers;
                }

                _known = null;
                continue;
            }

            _known = await blob.TryReplaceAsync(_known, result.Ledger, CancellationToken.None);
            if (_known is not null)
            {
                return result.Answers;
            }

            // Other workers want the same: each waits for another while.
            var longest = Math.Min(MaxBackoffMilliseconds, 10 << Math.Min(attempt, 5));
            await Task.Delay(Random.Shared.Next(longest));
        }
    }

    private sealed record Pending(AdmissionPool Shape, AdmissionChange Change)
    {
        /// <summary>Its continuations do not run between two turns.</summary>
        public TaskCompletionSource<AdmissionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
