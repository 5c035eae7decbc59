using System.Security.Claims;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Marketline.Functions.Http.Access;

/// <summary>
/// Tells who a JWT speaks for (RFC 7519; in Azure those of Entra ID). Taken are tokens of the configured issuer and audience
/// with a valid signature of an asymmetric algorithm; the tenant is a claim, the role an app role: <c>Marketline.Reader</c>,
/// <c>Marketline.Owner</c> or <c>Marketline.Admin</c>.
/// </summary>
public sealed class TokenAccess
{
    private const string RoleClaim = "roles";
    private const string RolePrefix = "Marketline.";

    /// <summary>No symmetric algorithm and no <c>none</c>: the issuer's public key must not pass for a secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>How soon a new key of the issuer is found, and how often it is asked at the most, whatever is sent.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new();
    private readonly AccessOptions _options;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;

    public TokenAccess(IOptions<AccessOptions> options)
        : this(options, RefreshInterval) { }

    internal TokenAccess(IOptions<AccessOptions> options, TimeSpan refreshInterval)
    {
        _options = options.Value;
        if (_options.TokenAuthority.Length == 0)
        {
            return;
        }

        var address = $"{_options.TokenAuthority.TrimEnd('/')}/.well-known/openid-configuration";
        var documents = new HttpDocumentRetriever { RequireHttps = !new Uri(address).IsLoopback };
        _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(address, new OpenIdConnectConfigurationRetriever(), documents)
        {
            RefreshInterval = refreshInterval,
        };
    }

    public async Task<Identification> IdentifyAsync(string token, CancellationToken cancellationToken)
    {
        if (_issuer is null)
        {
            return Identification.Refused("Tokens are not taken here; send an API key, 'Authorization: Bearer mk_…'.");
        }

        var result = Validate(token, await ConfigurationAsync(_issuer, cancellationToken));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have new keys.
            _issuer.RequestRefresh();
            result = Validate(token, await ConfigurationAsync(_issuer, cancellationToken));
        }

        return result.IsValid ? Identify(result.ClaimsIdentity) : Identification.Refused(Reason(result.Exception));
    }

    private static async Task<OpenIdConnectConfiguration> ConfigurationAsync(
        ConfigurationManager<OpenIdConnectConfiguration> issuer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await issuer.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException failure)
        {
            throw new TransientStepException("The issuer of tokens does not answer as it should.", failure);
        }
    }

    private TokenValidationResult Validate(string token, OpenIdConnectConfiguration issuer)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = _options.TokenAudience,
            IssuerSigningKeys = issuer.SigningKeys,
            ValidAlgorithms = Algorithms,
            ClockSkew = ClockSkew,
        };
#pragma warning disable CS0618 // The local build's version of the package has no asynchronous one, and nothing here waits.
        return _handler.ValidateToken(token, parameters);
#pragma warning restore CS0618
    }

    private Identification Identify(ClaimsIdentity identity)
    {
        var roles = identity.FindAll(RoleClaim).Select(claim => claim.Value).ToHashSet();
        var id = $"token:{identity.FindFirst("oid")?.Value ?? identity.FindFirst("sub")?.Value ?? "unnamed"}";
        if (roles.Contains(RolePrefix + AccessRole.Admin))
        {
            return Identification.Of(new Caller(AccessRole.Admin, null, id));
        }

        var role =
            roles.Contains(RolePrefix + AccessRole.Owner) ? AccessRole.Owner
            : roles.Contains(RolePrefix + AccessRole.Reader) ? AccessRole.Reader
            : (AccessRole?)null;
        if (role is null)
        {
            return Identification.Refused("The token has none of the app roles Marketline.Reader, Marketline.Owner and Marketline.Admin: have one assigned.");
        }

        // One text: what JSON calls null or true would read as a name, and of several none is the one.
        var claims = identity.FindAll(_options.TokenTenantClaim).ToList();
        var named = claims is [{ ValueType: ClaimValueTypes.String } claim] ? claim.Value : null;
        return TenantId.TryParse(named, out var tenantId)
            ? Identification.Of(new Caller(role.Value, tenantId, id))
            : Identification.Refused($"The token's claim '{_options.TokenTenantClaim}' does not name one tenant: have it issued with one.");
    }

    private static string Reason(Exception failure) =>
        failure switch
        {
            SecurityTokenExpiredException => "The token has expired: get a new one.",
            SecurityTokenNotYetValidException => "The token is not valid yet: check the clock of the machine that issued it.",
            SecurityTokenInvalidAudienceException => "The token is meant for another audience: ask for one of this installation.",
            SecurityTokenInvalidIssuerException => "The token is of another issuer than this installation takes.",
            _ => "The token is not valid: get one from the issuer of this installation.",
        };
}
