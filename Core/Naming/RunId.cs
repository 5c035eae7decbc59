using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketline.Core.Naming;

/// <summary>
/// One execution of a plan for one scheduled instant: <c>tenant-plan-20261121T031500Z</c>, and <c>…-r2</c> for its second
/// rerun. It is the orchestration's instance id as well, so that starting the same slot twice is starting it once.
/// </summary>
[JsonConverter(typeof(RunIdJsonConverter))]
public sealed record RunId
{
    private const string InstantFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="scheduledUtc">The plan's slot, in whole seconds UTC; fractions are cut off.</param>
    /// <param name="rerunNumber">0 for the first execution, then 1, 2, …</param>
    public RunId(TenantId tenantId, PlanId planId, DateTimeOffset scheduledUtc, int rerunNumber = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rerunNumber);
        TenantId = tenantId;
        PlanId = planId;
        ScheduledUtc = DateTimeOffset.FromUnixTimeSeconds(scheduledUtc.ToUnixTimeSeconds());
        RerunNumber = rerunNumber;
    }

    public TenantId TenantId { get; }

    public PlanId PlanId { get; }

    public DateTimeOffset ScheduledUtc { get; }

    public int RerunNumber { get; }

    /// <summary>The scheduled UTC date: the <c>dt</c> of all blobs of the run.</summary>
    public DateOnly Date => DateOnly.FromDateTime(ScheduledUtc.UtcDateTime);

    public string Value => ToString();

    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a run id.");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RunId? id)
    {
        id = null;
        var parts = text?.Split('-');
        if (
            parts is not { Length: 3 or 4 }
            || !TenantId.TryParse(parts[0], out var tenant)
            || !PlanId.TryParse(parts[1], out var plan)
            || !DateTimeOffset.TryParseExact(
                parts[2],
                InstantFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var instant
            )
        )
        {
            return false;
        }

        var rerun = 0;
        if (parts.Length == 4 && !TryParseRerun(parts[3], out rerun))
        {
            return false;
        }

        id = new RunId(tenant, plan, instant, rerun);
        return true;
    }

    public override string ToString()
    {
        var instant = ScheduledUtc.ToString(InstantFormat, CultureInfo.InvariantCulture);
        var suffix = RerunNumber == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-r{RerunNumber}");
        return $"{TenantId}-{PlanId}-{instant}{suffix}";
    }

    private static bool TryParseRerun(string text, out int number)
    {
        number = 0;
        return text.Length is >= 2 and <= 6
            && text[0] == 'r'
            && text[1] != '0'
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private sealed class RunIdJsonConverter : JsonConverter<RunId>
    {
        public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a run id.");

        public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
