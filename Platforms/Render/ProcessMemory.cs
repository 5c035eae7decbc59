using System.Diagnostics;
using System.Globalization;

namespace Marketline.Platforms.Render;

internal static class ProcessMemory
{
    private const string ProportionalSize = "Pss:";

    /// <returns>The proportional set size where the system tells it (Linux), else the working set; 0 for a process that has ended.</returns>
    public static long Bytes(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ProportionalBytes(processId) : WorkingSetBytes(processId);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static long ProportionalBytes(int processId)
    {
        foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/smaps_rollup")))
        {
            if (line.StartsWith(ProportionalSize, StringComparison.Ordinal))
            {
                var number = line[ProportionalSize.Length..].Trim().Split(' ')[0];
                return long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
            }
        }

        return 0;
    }

    private static long WorkingSetBytes(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
