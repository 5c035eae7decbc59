using Marketline.Core.Naming;
using Microsoft.Extensions.Configuration;

namespace Marketline.Platforms.Api;

/// <summary>
/// The secrets for platforms' APIs, from the configuration: user secrets or the environment on one machine, app settings that refer to
/// Key Vault in Azure. <c>PlatformSecrets:Tenants:&lt;tenant&gt;:&lt;platform&gt;:&lt;name&gt;</c> are a tenant's own,
/// <c>PlatformSecrets:Shared:&lt;platform&gt;:&lt;name&gt;</c> the operator's for all who have none.
/// </summary>
public sealed class PlatformSecrets(IConfiguration configuration)
{
    private const string SectionName = "PlatformSecrets";

    /// <returns>Null when one that the API requires is missing.</returns>
    public PlatformCredentials? Find(TenantId tenantId, string platform, IPlatformApi api) =>
        Read($"{SectionName}:Tenants:{tenantId.Value}:{platform}", platform, api) ?? Read($"{SectionName}:Shared:{platform}", platform, api);

    private PlatformCredentials? Read(string path, string platform, IPlatformApi api)
    {
        var values = configuration
            .GetSection(path)
            .GetChildren()
            .Where(child => !string.IsNullOrWhiteSpace(child.Value))
            .Select(child => KeyValuePair.Create(child.Key, child.Value!.Trim()))
            .ToList();
        var credentials = new PlatformCredentials(platform, values);
        return values.Count > 0 && (HasAll(api.SecretNames) || (api.OtherSecretNames.Count > 0 && HasAll(api.OtherSecretNames))) ? credentials : null;

        bool HasAll(IReadOnlyList<string> names) => names.All(name => credentials.Find(name) is not null);
    }
}
