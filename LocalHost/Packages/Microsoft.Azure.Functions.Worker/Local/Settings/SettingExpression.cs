using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>Replaces <c>%Name%</c> in binding properties by the setting of that name.</summary>
internal static partial class SettingExpression
{
    public static string Resolve(string text, IConfiguration settings, string function) =>
        Name().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            var value = settings[name.Replace("__", ":", StringComparison.Ordinal)];
            return string.IsNullOrEmpty(value)
                ? throw new HostStartException(
                    $"Function '{function}': the setting '{name}' of {match.Value} has no value in local.settings.json or the environment.")
                : value;
        });

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Name();
}
