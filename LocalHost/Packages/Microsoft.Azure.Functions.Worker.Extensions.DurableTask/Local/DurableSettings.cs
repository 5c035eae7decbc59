using System.Text.Json;
using System.Text.RegularExpressions;
using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>host.json's <c>extensions.durableTask</c>, as far as it means something on one machine.</summary>
internal static partial class DurableSettings
{
    private const string Section = "extensions:durableTask:";
    private const string DefaultHub = "TestHubName";

    public static DurableEngineOptions Read(IServiceProvider services)
    {
        var hostJson = services.GetRequiredService<HostJson>();
        var perProcessor = 10 * Environment.ProcessorCount;
        var hub = Hub(hostJson, services.GetRequiredService<IConfiguration>());
        return new DurableEngineOptions
        {
            DatabasePath = Path.Combine(services.GetRequiredService<DataFolder>().FullPath, $"{hub}.db"),
            TaskHubName = hub,
            MaxConcurrentActivities = hostJson.Count($"{Section}maxConcurrentActivityFunctions", perProcessor),
            MaxConcurrentOrchestrators = hostJson.Count($"{Section}maxConcurrentOrchestratorFunctions", perProcessor),
            DefaultVersion = hostJson.Text($"{Section}defaultVersion"),

            // Under Functions, the real extension reads and writes payloads with the worker's serializer.
            DataConverter = new JsonDataConverter(services.GetRequiredService<IOptions<JsonSerializerOptions>>().Value),
        };
    }

    private static string Hub(HostJson hostJson, IConfiguration settings)
    {
        var hub = SettingExpression.Resolve(hostJson.Text($"{Section}hubName") ?? DefaultHub, settings, "host.json hubName");
        return ValidHub().IsMatch(hub)
            ? hub
            : throw new HostStartException(
                $"host.json: '{Section}hubName' is '{hub}', expected 3 to 45 letters and digits that start with a letter.");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex ValidHub();
}
