using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Tests.Functions.Http.Access;

/// <summary>Tokens that must not be taken, each named by what is wrong with it. They are after the tenant acme.</summary>
internal static class TokenAttacks
{
    private const string Tenant = "acme";

    private static readonly IssuerKey Foreign = IssuerKey.NewRsa("rsa");

    public static IReadOnlyList<TokenAttack> All { get; } = [.. Signatures(), .. Claims(), .. Tenants()];

    private static IEnumerable<TokenAttack> Signatures()
    {
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
        {
            yield return new($"alg '{none}' without a signature", issuer => Unsigned(issuer.Token(Tenant, header: head => head["alg"] = none)));
            yield return new($"alg '{none}' with a signature", issuer => issuer.Token(Tenant, header: head => head["alg"] = none));
        }

        yield return new("no alg", issuer => issuer.Token(Tenant, header: head => head.Remove("alg")));
        yield return new("signature cut off", issuer => Unsigned(issuer.Token(Tenant)));
        yield return new("HS256 with the public key's modulus", issuer => Symmetric(issuer, WebEncoders.Base64UrlDecode((string)issuer.Keys[0].Jwk["n"]!)));
        yield return new("HS256 with the public key as DER", issuer => Symmetric(issuer, Rsa(issuer).ExportSubjectPublicKeyInfo()));
        yield return new("HS256 with the public key as PEM", issuer => Symmetric(issuer, Encoding.ASCII.GetBytes(Rsa(issuer).ExportSubjectPublicKeyInfoPem())));
        yield return new("HS256 with the public key as JWK", issuer => Symmetric(issuer, Encoding.UTF8.GetBytes(issuer.Keys[0].Jwk.ToJsonString())));
        yield return new("HS256 with an empty secret", issuer => Symmetric(issuer, []));
        yield return new("another key under the same id", issuer => issuer.Token(Tenant, key: Foreign));
        yield return new("another key without an id", issuer => issuer.Token(Tenant, header: head => head.Remove("kid"), key: Foreign));
        yield return new("RSA key, ES256 in the header", issuer => issuer.Token(Tenant, header: head => head["alg"] = "ES256"));
        yield return new("EC key, RS256 in the header", issuer => issuer.Token(Tenant, header: head => head["alg"] = "RS256", key: issuer.Keys[1]));
        yield return new("ES256 with a signature of zeros", issuer => $"{Unsigned(issuer.Token(Tenant, key: issuer.Keys[1]))}{WebEncoders.Base64UrlEncode(new byte[64])}");
        yield return new("claims of one token under the signature of another", issuer => Mixed(issuer.Token("other"), issuer.Token(Tenant)));
        yield return new("100 kB of claims", issuer => issuer.Token(Tenant, claims => claims["x"] = new string('x', 100_000), key: Foreign));
        yield return new("1 MB of claims, well signed", issuer => issuer.Token(Tenant, claims => claims["x"] = new string('x', 1_000_000)));
    }

    private static IEnumerable<TokenAttack> Claims()
    {
        yield return new("another issuer", With("iss", _ => "https://issuer.example"));
        yield return new("issuer with a slash more", With("iss", issuer => issuer.Authority + "/"));
        yield return new("issuer in upper case", With("iss", issuer => issuer.Authority.ToUpperInvariant()));
        yield return new("no issuer", Without("iss"));
        yield return new("another audience", With("aud", _ => "api://other"));
        yield return new("audience that begins alike", With("aud", _ => LocalIssuer.Audience + ".evil"));
        yield return new("no audience", Without("aud"));
        yield return new("empty audience", With("aud", _ => ""));
        yield return new("other audiences", With("aud", _ => new JsonArray("api://other", "api://third")));
        yield return new("expired", With("exp", _ => LocalIssuer.In(TimeSpan.FromMinutes(-3))));
        yield return new("expired in 1970", With("exp", _ => 1));
        yield return new("expires at minus one", With("exp", _ => -1));
        yield return new("no expiry", Without("exp"));
        yield return new("expiry is a word", With("exp", _ => "tomorrow"));
        yield return new("expiry is an object", With("exp", _ => new JsonObject()));
        yield return new("not valid yet", With("nbf", _ => LocalIssuer.In(TimeSpan.FromMinutes(3))));
        yield return new("valid after its expiry", With("nbf", _ => LocalIssuer.In(TimeSpan.FromDays(1))));
        foreach (var role in new[] { "", "Owner", "marketline.owner", "MARKETLINE.OWNER", "Marketline.Owner ", "Marketline.Owner,Marketline.Admin", "Marketline.1", "Marketline.Оwner", "Marketline.*" })
        {
            yield return new($"role '{role}'", With("roles", _ => new JsonArray(role)));
        }

        yield return new("no role", Without("roles"));
        yield return new("role as an object", With("roles", _ => new JsonObject { ["Marketline.Owner"] = true }));
        yield return new("role in another claim", issuer => issuer.Token(Tenant, claims => (claims["role"], claims["roles"]) = ("Marketline.Owner", null)));
    }

    private static IEnumerable<TokenAttack> Tenants()
    {
        foreach (var tenant in new[] { "", "ac", "Acme", "ACME", "аcme", "ａｃｍｅ", "acme ", " acme", "acme\0", "acme\n", "acme/../other", "../acme", "acme%00", "acme-other", "t-acme", "1acme", "acmé", "acme\u0301", "acme\u200b", "\u202eemca", "acme' or '1' eq '1", "operator-", "acme,other", new string('a', 33), new string('a', 10_000) })
        {
            yield return new($"tenant '{(tenant.Length > 40 ? $"{tenant.Length} characters" : Uri.EscapeDataString(tenant))}'", With(LocalIssuer.TenantClaim, _ => tenant));
        }

        yield return new("no tenant", Without(LocalIssuer.TenantClaim));
        yield return new("tenant is a number", With(LocalIssuer.TenantClaim, _ => 12345));
        yield return new("tenant is null", With(LocalIssuer.TenantClaim, _ => null));
        yield return new("tenant is true", With(LocalIssuer.TenantClaim, _ => true));
        yield return new("two tenants", With(LocalIssuer.TenantClaim, _ => new JsonArray("acme", "other")));
        yield return new("tenant in an object", With(LocalIssuer.TenantClaim, _ => new JsonObject { ["acme"] = "acme" }));
        yield return new("tenant in another claim", issuer => issuer.Token(Tenant, claims => (claims["tenant"], claims[LocalIssuer.TenantClaim]) = ("acme", null)));
    }

    private static Func<LocalIssuer, string> With(string claim, Func<LocalIssuer, JsonNode?> value) =>
        issuer => issuer.Token(Tenant, claims => claims[claim] = value(issuer));

    private static Func<LocalIssuer, string> Without(string claim) => issuer => issuer.Token(Tenant, claims => claims.Remove(claim));

    private static string Symmetric(LocalIssuer issuer, byte[] secret) => issuer.Token(Tenant, key: IssuerKey.NewSecret(issuer.Keys[0].Id, secret));

    private static string Unsigned(string token) => token[..(token.LastIndexOf('.') + 1)];

    private static string Mixed(string signed, string wanted) => $"{wanted[..wanted.LastIndexOf('.')]}{signed[signed.LastIndexOf('.')..]}";

    private static RSA Rsa(LocalIssuer issuer)
    {
        var jwk = issuer.Keys[0].Jwk;
        return RSA.Create(
            new RSAParameters
            {
                Modulus = WebEncoders.Base64UrlDecode((string)jwk["n"]!),
                Exponent = WebEncoders.Base64UrlDecode((string)jwk["e"]!),
            }
        );
    }
}
