using System.Globalization;
using System.Text.Json;

namespace Marketline.Benchmarks;

/// <summary>What a benchmark measured, beside what it has to reach.</summary>
internal sealed class BenchmarkReport(string benchmark)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Row> _rows = [];

    public bool IsGood => _rows.TrueForAll(row => row.IsGood);

    /// <summary>A yardstick: nothing to reach.</summary>
    public void Yardstick(string name, double value, string unit) => _rows.Add(new Row(name, value, unit, null, true));

    public void AtLeast(string name, double value, string unit, double limit) =>
        _rows.Add(new Row(name, value, unit, $">= {Format(limit)}", value >= limit));

    public void AtMost(string name, double value, string unit, double limit) =>
        _rows.Add(new Row(name, value, unit, $"<= {Format(limit)}", value <= limit));

    public void Print(TextWriter output)
    {
        var width = _rows.Max(row => row.Name.Length);
        output.WriteLine($"{benchmark}, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        foreach (var row in _rows)
        {
            var verdict = row.Limit is null ? "" : $"  {row.Limit,-12} {(row.IsGood ? "ok" : "MISSED")}";
            output.WriteLine($"{row.Name.PadRight(width)}  {Format(row.Value),12} {row.Unit,-14}{verdict}");
        }
    }

    public void WriteJson(string path) => File.WriteAllText(
        path, JsonSerializer.Serialize(new { benchmark, processors = Environment.ProcessorCount, results = _rows }, Json));

    private static string Format(double value) =>
        value.ToString(value >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private sealed record Row(string Name, double Value, string Unit, string? Limit, bool IsGood);
}
