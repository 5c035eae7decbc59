using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>One small file for each timer in the host's data folder, always whole: written beside and moved over.</summary>
internal sealed partial class TimerStateStore(DataFolder folder, ILogger<TimerStateStore> logger)
{
    public TimerState? Read(string timer)
    {
        var path = PathOf(timer);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TimerState>(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            LogUnreadable(e, timer, path);
            return null;
        }
    }

    public void Write(string timer, TimerState state)
    {
        var path = PathOf(timer);
        var beside = $"{path}.new";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, state);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private string PathOf(string timer) => Path.Combine(folder.FullPath, "timers", $"{timer}.json");

    [LoggerMessage(LogLevel.Warning, "The state of timer {Timer} in {Path} can not be read; it counts as never run.")]
    private partial void LogUnreadable(Exception exception, string timer, string path);
}
