using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>
/// host.json, overridable by settings named <c>AzureFunctionsJobHost__path__to__value</c> as in Azure. Comments are
/// refused, because the ASP.NET Core integration of the real worker reads the file as plain JSON too.
/// </summary>
internal sealed class HostJson
{
    public const string FileName = "host.json";

    public const string Section = "AzureFunctionsJobHost";

    /// <summary>The default everywhere but on the old Windows Consumption plan.</summary>
    public static readonly TimeSpan DefaultFunctionTimeout = TimeSpan.FromMinutes(30);

    private readonly SettingsDocument _document;

    private HostJson(SettingsDocument document) => _document = document;

    /// <summary>The app's settings as a whole; null until they are complete.</summary>
    public IConfiguration? Configuration { get; set; }

    public string RoutePrefix => (Text("extensions:http:routePrefix") ?? "api").Trim('/');

    /// <summary>Null is unbounded, written as -1.</summary>
    public TimeSpan? FunctionTimeout
    {
        get
        {
            const string Key = "functionTimeout";
            return Text(Key) switch
            {
                null or "" => DefaultFunctionTimeout,
                "-1" => null,
                { } text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit)
                    && limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromDays(24) => limit,
                { } text => throw Complain(Key, text, "a time span from 00:00:01 to 24.00:00:00, or \"-1\" for none"),
            };
        }
    }

    public static HostJson Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new HostStartException($"{FileName} is not in {folder}; a functions app has one, at least {{\"version\":\"2.0\"}}.");
        }

        var document = SettingsDocument.Read(path, relaxed: false);
        if (document.Values[""].Kind is not JsonTokenType.StartObject)
        {
            throw document.Complain("", "an object with \"version\": \"2.0\"");
        }

        if (!document.Values.TryGetValue("version", out var version))
        {
            throw new HostStartException($"{FileName}, line 1, column 1: 'version' is missing, expected \"version\": \"2.0\".");
        }

        return version.Text == "2.0" ? new HostJson(document) : throw document.Complain("version", "\"2.0\"");
    }

    /// <summary>What the file adds to the app's settings; log levels also under the name that .NET reads.</summary>
    public IEnumerable<KeyValuePair<string, string?>> AsSettings()
    {
        const string Levels = "logging:logLevel:";
        foreach (var (key, value) in _document.Values)
        {
            if (key.Length == 0 || value.IsContainer)
            {
                continue;
            }

            yield return new($"{Section}:{key}", value.Text);
            if (key.StartsWith(Levels, StringComparison.OrdinalIgnoreCase))
            {
                yield return new($"Logging:LogLevel:{key[Levels.Length..]}", value.Text);
            }
        }
    }

    public string? Text(string key) => Configuration?[$"{Section}:{key}"];

    public int Count(string key, int fallback) => Text(key) switch
    {
        null or "" => fallback,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        { } text => throw Complain(key, text, "a whole number of at least 1"),
    };

    private HostStartException Complain(string key, string text, string expected) =>
        _document.Values.TryGetValue(key, out var value) && value.Text == text
            ? _document.Complain(key, expected)
            : new HostStartException(
                $"The setting {Section}__{key.Replace(":", "__", StringComparison.Ordinal)} is '{text}', expected {expected}.");
}
