using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>
/// Lays host.json and local.settings.json under the environment: what the machine's environment sets wins over the files,
/// and appsettings.json is weaker than both, as under Core Tools.
/// </summary>
internal static class HostSettings
{
    private static readonly Dictionary<string, string?> QuietFrameworks = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    /// <summary>Code that reads the environment directly sees local settings too, unless the machine sets the name.</summary>
    public static void Export(LocalSettingsFile local)
    {
        foreach (var (name, value) in local.Values)
        {
            if (Environment.GetEnvironmentVariable(name) is null)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    public static void Add(ConfigurationManager configuration, HostJson hostJson, LocalSettingsFile local, HostLaunch launch)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietFrameworks });
        var environment = sources.ToList().FindLastIndex(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        var files = new Dictionary<string, string?>(hostJson.AsSettings(), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in local.Values)
        {
            files[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        sources.Insert(environment, new MemoryConfigurationSource { InitialData = files });
        sources.Add(new MemoryConfigurationSource { InitialData = launch.Settings });
        hostJson.Configuration = configuration;
    }
}
