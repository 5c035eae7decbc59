using System.Security.Cryptography;
using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Naming;
using Microsoft.Extensions.Options;

namespace Marketline.Activities.Clean;

/// <summary>The key that a tenant's review authors are hashed with, derived from the installation's own.</summary>
public sealed class AuthorKeys(IOptions<PrivacyOptions> options)
{
    private readonly byte[] _key = Convert.FromBase64String(options.Value.AuthorKey);

    public AuthorPseudonymizer For(TenantId tenantId) =>
        new(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(tenantId.Value)));
}
