using System.Text;
using Microsoft.DurableTask;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// What may be stored as an input, an output or an event. The Durable Task Scheduler takes 1 MiB at most
/// (Azure-Samples/Durable-Task-Scheduler, samples/durable-task-sdks/dotnet/LargePayload); Azure Storage takes more, the
/// gRPC channel between host and worker has failed at 4 MB (Azure/azure-functions-durable-extension#2831).
/// </summary>
internal static class Payload
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The documented limit of a custom status: 16 KB of UTF-16 text.</summary>
    public const int MaxCustomStatusChars = 8 * 1024;

    /// <param name="converter">The form.</param>
    /// <param name="value">The payload.</param>
    /// <param name="what">What it is, for the message of a refusal.</param>
    /// <param name="name">Whose it is.</param>
    public static string? Serialize(this DataConverter converter, object? value, string what, string name)
    {
        var json = converter.Serialize(value);
        if (json is not null && json.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(json) is var size and > MaxBytes)
        {
            throw new InvalidOperationException(
                $"{what} '{name}' takes {size} bytes as JSON; at most {MaxBytes} can be stored. Store it elsewhere and pass its name.");
        }

        return json;
    }

    public static string? SerializeCustomStatus(this DataConverter converter, object? value)
    {
        var json = converter.Serialize(value);
        return json?.Length > MaxCustomStatusChars
            ? throw new ArgumentException(
                $"A custom status may take 16 KB as UTF-16 text; this one takes {json.Length * 2} bytes.", nameof(value))
            : json;
    }
}
