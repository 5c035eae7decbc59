using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>
/// A storage connection string: <c>UseDevelopmentStorage=true</c>; account name and key with a table endpoint or an endpoint
/// suffix; or a table endpoint with a shared access signature.
/// </summary>
internal sealed record TableConnectionString(Uri Endpoint, HttpPipelinePolicy Authentication)
{
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static TableConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = Settings(connectionString);
        if (string.Equals(settings.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return WithKey(new Uri($"http://127.0.0.1:10002/{DevelopmentAccount}"), DevelopmentAccount, DevelopmentKey);
        }

        var endpoint = settings.GetValueOrDefault("TableEndpoint") is { Length: > 0 } stated ? new Uri(stated) : null;
        if (settings.TryGetValue("AccountName", out var name) && settings.TryGetValue("AccountKey", out var key))
        {
            endpoint ??= settings.TryGetValue("EndpointSuffix", out var suffix)
                ? new Uri($"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table.{suffix}")
                : throw Incomplete();
            return WithKey(endpoint, name, key);
        }

        return endpoint is not null && settings.TryGetValue("SharedAccessSignature", out var signature)
            ? new TableConnectionString(endpoint, new SasPolicy(new AzureSasCredential(signature)))
            : throw Incomplete();
    }

    private static TableConnectionString WithKey(Uri endpoint, string name, string key) =>
        new(endpoint, new SharedKeyLitePolicy(new TableSharedKeyCredential(name, key)));

    private static Dictionary<string, string> Settings(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException("A part of the connection string is not of the form name=value.");
            }

            settings[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        return settings;
    }

    private static FormatException Incomplete() => new("No valid combination of account information found.");
}
