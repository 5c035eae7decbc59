using System.Globalization;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>local.settings.json: values that act as environment variables, and the port to listen on.</summary>
internal sealed class LocalSettingsFile
{
    public const string FileName = "local.settings.json";

    private LocalSettingsFile(IReadOnlyDictionary<string, string> values, int? port)
    {
        Values = values;
        LocalHttpPort = port;
    }

    public IReadOnlyDictionary<string, string> Values { get; }

    public int? LocalHttpPort { get; }

    /// <summary>In Azure there is no such file, so it may be missing here too.</summary>
    public static LocalSettingsFile Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new LocalSettingsFile(new Dictionary<string, string>(), null);
        }

        var document = SettingsDocument.Read(path, relaxed: true);
        if (document.Values[""].Kind is not JsonTokenType.StartObject)
        {
            throw document.Complain("", "an object with the section 'Values'");
        }

        if (document.Values.TryGetValue("IsEncrypted", out var encrypted) && encrypted.Kind is not JsonTokenType.False)
        {
            throw document.Complain(
                "IsEncrypted", "false: the local host reads plain settings only; run 'func settings decrypt' first");
        }

        return new LocalSettingsFile(ReadValues(document), ReadPort(document));
    }

    private static Dictionary<string, string> ReadValues(SettingsDocument document)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!document.Values.TryGetValue("Values", out var section))
        {
            return values;
        }

        if (section.Kind is not JsonTokenType.StartObject)
        {
            throw document.Complain("Values", "an object of names and strings");
        }

        foreach (var (key, value) in document.Values)
        {
            if (key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase))
            {
                values[key["Values:".Length..]] = value.Text is null || value.IsContainer
                    ? throw document.Complain(key, "a string (nested settings are written as A__B)")
                    : value.Text;
            }
        }

        return values;
    }

    private static int? ReadPort(SettingsDocument document)
    {
        const string Key = "Host:LocalHttpPort";
        if (!document.Values.TryGetValue(Key, out var value))
        {
            return null;
        }

        return int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw document.Complain(Key, "a number from 0 to 65535");
    }
}
