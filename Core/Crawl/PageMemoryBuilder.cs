namespace Marketline.Core.Crawl;

/// <summary>
/// Collects what a run has learnt of a site's pages, in any order, and merges it with what was known. Memory is bounded: beyond
/// some thousand pages sorted runs go to files.
/// </summary>
/// <param name="folder">For the files; the caller removes it.</param>
public sealed class PageMemoryBuilder(string folder) : IDisposable
{
    private const int MaxHeldBytes = 8 * 1_048_576;

    /// <summary>An entry without bytes: the page is not known any more.</summary>
    private static readonly byte[] Forgotten = [];

    private readonly SortedDictionary<UInt128, byte[]> _held = [];
    private readonly List<PageMemory> _spilled = [];
    private long _heldBytes;

    /// <param name="page">Null: forget what was known of it.</param>
    public void Add(string url, KnownPage? page)
    {
        var bytes = page is null ? Forgotten : KnownPageFormat.Write(page);
        if (bytes.Length > PageMemoryFormat.MaxEntryBytes)
        {
            bytes = Forgotten;
        }

        _held[PageMemoryFormat.KeyOf(url)] = bytes;
        _heldBytes += bytes.Length + PageMemoryFormat.EntryHeadLength;
        if (_heldBytes >= MaxHeldBytes)
        {
            Spill();
        }
    }

    /// <summary>Writes what is known from now on. Of two versions of a page the one read later counts.</summary>
    /// <param name="previous">What was known before; null for nothing. What is not added anew stays.</param>
    /// <param name="oldestUtc">Pages read before are left out.</param>
    /// <returns>How many pages there are.</returns>
    public int Write(Stream output, string extraction, PageMemory? previous, DateTimeOffset oldestUtc)
    {
        using var writer = new PageMemoryWriter(output, extraction);
        var count = 0;
        foreach (var (key, page) in Merge(previous))
        {
            if (!page.IsEmpty && KnownPageFormat.ReadUtcOf(page.Span) >= oldestUtc)
            {
                writer.Add(key, page.Span);
                count++;
            }
        }

        writer.Finish();
        return count;
    }

    public void Dispose() => _spilled.ForEach(run => run.Dispose());

    /// <summary>By key, the best entry of each: of this run's the last one, unless the one before it all was read later.</summary>
    private IEnumerable<(UInt128 Key, ReadOnlyMemory<byte> Page)> Merge(PageMemory? previous)
    {
        var sources = new List<IEnumerable<(UInt128 Key, ReadOnlyMemory<byte> Page)>>();
        sources.AddRange(previous is null ? [] : [previous.ReadAll()]);
        sources.AddRange(_spilled.Select(run => run.ReadAll()));
        sources.Add(_held.Select(pair => (pair.Key, (ReadOnlyMemory<byte>)pair.Value)));

        var queue = new PriorityQueue<IEnumerator<(UInt128 Key, ReadOnlyMemory<byte> Page)>, (UInt128 Key, int Source)>();
        var readers = sources.ConvertAll(source => source.GetEnumerator());
        try
        {
            for (var i = 0; i < readers.Count; i++)
            {
                Advance(queue, readers[i], i);
            }

            while (queue.TryDequeue(out var reader, out var first))
            {
                var best = reader.Current.Page;
                Advance(queue, reader, first.Source);
                while (queue.TryPeek(out _, out var next) && next.Key == first.Key)
                {
                    queue.TryDequeue(out var other, out next);
                    best = IsNewer(best, other!.Current.Page) ? best : other.Current.Page;
                    Advance(queue, other, next.Source);
                }

                yield return (first.Key, best);
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    /// <remarks>Sources come in the order of time: at a tie, and when one forgets, the later source counts.</remarks>
    private static bool IsNewer(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> later) =>
        !one.IsEmpty && !later.IsEmpty && KnownPageFormat.ReadUtcOf(one.Span) > KnownPageFormat.ReadUtcOf(later.Span);

    private static void Advance(
        PriorityQueue<IEnumerator<(UInt128 Key, ReadOnlyMemory<byte> Page)>, (UInt128 Key, int Source)> queue,
        IEnumerator<(UInt128 Key, ReadOnlyMemory<byte> Page)> reader,
        int source
    )
    {
        if (reader.MoveNext())
        {
            queue.Enqueue(reader, (reader.Current.Key, source));
        }
    }

    private void Spill()
    {
        var path = Path.Combine(folder, $"pages-{_spilled.Count:D4}");
        using (var file = File.Create(path))
        using (var writer = new PageMemoryWriter(file, ""))
        {
            foreach (var (key, page) in _held)
            {
                writer.Add(key, page);
            }

            writer.Finish();
        }

        _spilled.Add(new PageMemory(File.OpenRead(path)));
        _held.Clear();
        _heldBytes = 0;
    }
}
