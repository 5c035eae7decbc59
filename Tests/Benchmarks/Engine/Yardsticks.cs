using System.Diagnostics;
using System.Threading.Channels;
using SQLitePCL;

namespace Marketline.Benchmarks.Engine;

/// <summary>What the machine does at best when nothing is made durable, and when nothing but that is done.</summary>
internal static class Yardsticks
{
    public static async Task<double> ChannelSecondsAsync(int count)
    {
        var channel = Channel.CreateBounded<int>(20);
        var begun = Stopwatch.GetTimestamp();
        var readers = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            var sum = 0L;
            await foreach (var item in channel.Reader.ReadAllAsync())
            {
                sum += await Task.Run(() => item);
            }

            return sum;
        })).ToList();
        for (var i = 0; i < count; i++)
        {
            await channel.Writer.WriteAsync(i);
        }

        channel.Writer.Complete();
        await Task.WhenAll(readers);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    public static double CommitSeconds(string path, int count)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(path, out var database));
        using (database)
        {
            Check(raw.sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
            Check(raw.sqlite3_prepare_v2(database, "INSERT INTO t (v) VALUES ('one row')", out var insert));
            using (insert)
            {
                var begun = Stopwatch.GetTimestamp();
                for (var i = 0; i < count; i++)
                {
                    Check(raw.sqlite3_step(insert));
                    Check(raw.sqlite3_reset(insert));
                }

                return Stopwatch.GetElapsedTime(begun).TotalSeconds;
            }
        }
    }

    private static void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new IOException($"SQLite error {result}.");
        }
    }
}
