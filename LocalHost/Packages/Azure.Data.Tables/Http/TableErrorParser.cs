using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Http;

/// <summary>
/// Reads <c>{"odata.error":{"code":…,"message":{"value":…}}}</c>. The message of a failed transaction starts with the index of
/// the action that failed and a colon.
/// </summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public static TableErrorParser Instance { get; } = new();

    public override bool TryParse(
        Response response,
        [NotNullWhen(true)] out ResponseError? error,
        [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        if (response.ContentStream is null || !TryReadError(response.Content, out var code, out var message))
        {
            return false;
        }

        data = new Dictionary<string, string>();
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            data[TableTransactionFailedException.FailedIndexKey] = index.ToString(CultureInfo.InvariantCulture);
        }

        error = new ResponseError(code, message);
        return true;
    }

    private static bool TryReadError(BinaryData content, [NotNullWhen(true)] out string? code, out string message)
    {
        code = null;
        message = "";
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("odata.error", out var error))
            {
                code = error.GetProperty("code").GetString();
                message = error.GetProperty("message").GetProperty("value").GetString() ?? "";
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy's or an XML error page: the exception then shows the content as it came.
            return false;
        }

        return code is not null;
    }
}
