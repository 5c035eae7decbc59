using System.Globalization;

namespace Marketline.Benchmarks;

/// <summary>How much memory this process has had, from proc(5).</summary>
internal static class PeakMemory
{
    /// <summary>Since the start or the last <see cref="Forget"/>.</summary>
    public static double Megabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public static void Forget() => File.WriteAllText("/proc/self/clear_refs", "5");
}
